"""The Streamlit page: draws what the workspace hands over, computes nothing."""
