import pytest


@pytest.fixture(autouse=True)
def _fresh_caches():
    """One test's workspace and remembered answers must not reach the next."""
    import streamlit as st

    st.cache_resource.clear()
    yield
    st.cache_resource.clear()
