import pytest

from assistant.scoring.abstention import is_refusal

REFUSALS = """\
I don't know.
I do not know the answer to that.
The documents do not say.
The documents don't mention a price for spare lamps.
This is not stated in the documents.
Not stated.
I'm not sure.
I am unable to find this in the provided context.
There is no information about the CEO's education in the passages.
The provided passages do not contain that information.
Unfortunately, I cannot answer this question based on the context.
No idea, sorry.
N/A
I couldn't find any mention of revenue in the documentation.
The noise level of the incubators is not specified.
The answer is not given in the text.
It is not possible to determine this from the documents.
I don't have enough information to answer.
I don't have access to that information. Please contact Customer Care.
Sorry, I don't know that. You could ask Billing.
That is outside my knowledge.
We have no information on that.
The context does not specify who the competitor is.
Insufficient information.
I can't say.
Unknown.
Nothing in the documents answers this.
The document is silent on this point.
I have no idea.
That can't be determined from the passages.
I’m afraid I don’t know.
None of the documents mention the number of patents.
Based on the provided documents, I cannot determine the noise level.
The price is not listed.
The passages never mention a colour.
I don't know, but you can contact support.
I'm sorry, but I don't have that information.
The text does not say how many customers Skerrybase has in total.
The retrieved passages give no figure for this.
There's no mention of it in the documents.
Cannot be answered from the documents.
The manual does not state a noise level, so I cannot give one.
No answer found.
No limit is stated.
"""
ATTEMPTS = """\
I don't know the exact day, but it is within 30 days.
I'm not sure, but I think it's 24 months.
There is no limit.
No.
No, phone support is not included.
The API does not support it.
It is not possible to transfer the licence.
30 days.
None.
There is no charge.
You cannot return opened kits.
Unlimited.
The warranty does not cover sensors.
The documents must be kept for 7 years.
No backup battery.
Nothing needs to be done.
The report does not include raw data.
Please contact Customer Care.
You do not need a password.
I don't know who wrote it, but the answer is QX-4410.
It is unknown to most users, but the default PIN is 4410.
The GW-30 has no battery.
Jetty has no API.
The data is not available in the ca-east region before 06:00.
The limit is 30 days, but I don't know whether it applies to you.
The file is not included in the backup.
It cannot be repaired.
The logger does not record below -40 °C.
The price is EUR 89. The documents do not say whether tax is included.
Do not open the lid.
Information security is led by Lucía Ibáñez.
I am not able to give legal advice, but the period is 14 days.
The certificate is not available on Jetty.
No information is stored on the device.
The support ended on 30 September 2025.
Never.
No one; the line is automatic.
Nobody is allowed to enter.
It isn't covered by the warranty.
Probably 40 loggers.
"""


@pytest.mark.parametrize("text", REFUSALS.strip().splitlines())
def test_refusals(text):
    assert is_refusal(text)


@pytest.mark.parametrize("text", ATTEMPTS.strip().splitlines())
def test_attempts(text):
    assert not is_refusal(text)


@pytest.mark.parametrize("text", ["", "   ", "...", "\n", "?"])
def test_nothing_said_is_a_refusal(text):
    assert is_refusal(text)


def test_the_sets_are_large_enough_to_mean_something():
    assert len(REFUSALS.splitlines()) >= 40
    assert len(ATTEMPTS.splitlines()) >= 40
