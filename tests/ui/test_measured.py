from tests.ui.pages import check, page, plain, said


def measured(scene="full"):
    at = page(scene)
    at.session_state["view"] = "Measured"
    return check(at.run())


def test_measured_shows_verdict_counts_intervals_and_comparisons():
    at = measured()
    text = said(at)
    assert plain(at.header)[0] == "Verdict: rag"
    assert "Certainty: **likely** · holds for model **embedded**" in text
    assert "40 of 44 questions compared, from 24 clusters" in text
    assert "412 of 1,930 facts trained, 40 exposures each" in text
    approaches, contrasts = at.table[0].value, at.table[1].value
    rag = approaches.iloc[1].tolist()
    assert rag[:4] == ["**RAG**", "31 of 40 (78 %)", "61 % to 88 %", "5 of 40 (12 %)"]
    assert approaches.iloc[4]["Median time"] == "not measured"
    assert contrasts.iloc[3].tolist()[0] == "Hybrid against RAG"
    assert contrasts.iloc[3]["95 % interval"] == "−8 to +18"
    assert contrasts.iloc[3]["Questions needed"] == "310"
    assert "Did training break anything?** no result" in text


def test_an_older_run_can_be_chosen():
    at = measured()
    assert len(at.selectbox(key="run-tessholm").options) == 2
    check(at.selectbox(key="run-tessholm").select_index(1).run())
    assert "Verdict: rag" in said(at)


def test_nothing_measured_says_how_to():
    at = measured("no_adapter")
    assert "Nothing has been measured yet" in said(at)
    assert [c.value for c in at.code] == ["assistant score --corpus tessholm"]
