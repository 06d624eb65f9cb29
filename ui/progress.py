"""Jobs of this corpus: what is running, what it says, what came of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import clean, escape
from ui.problems import as_assistant_error, draw_error

if TYPE_CHECKING:
    from assistant.jobs import Job
    from assistant.workspace import Workspace

SHOWN = 3
_STATES = {
    "running": ":material/progress_activity: Running",
    "done": ":material/check_circle: Done",
    "failed": ":material/error: Failed",
    "cancelled": ":material/cancel: Cancelled",
    "died": ":material/error: Ended without a word",
}


def draw_jobs(workspace: "Workspace") -> None:
    """The newest jobs; looks again every two seconds while one is running."""
    problem = st.session_state.pop("job_error", None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    jobs = workspace.jobs.list(SHOWN)
    if not jobs:
        return
    active = any(job.state == "running" for job in jobs)
    with st.expander("Jobs", expanded=active, icon=":material/construction:"):
        if active:
            _draw_running(workspace)
        else:
            _draw_list(workspace, jobs)


@st.fragment(run_every=2.0)  # type: ignore[untyped-decorator]
def _draw_running(workspace: "Workspace") -> None:
    jobs = workspace.jobs.list(SHOWN)
    _draw_list(workspace, jobs)
    if not any(job.state == "running" for job in jobs):
        st.rerun()  # an index or an adapter may have appeared: draw the whole page again


def draw_following(workspace: "Workspace", verb: str) -> None:
    """The newest job of one command with its progress and log; follows it while it runs."""
    job = newest(workspace, verb)
    if job is None:
        return
    st.header("The last one" if job.state != "running" else "Running now", anchor=False)
    if job.state == "running":
        _draw_followed(workspace, verb)
    else:
        _draw_job(job, "here-", log=True, cancel=workspace.jobs.cancel)


@st.fragment(run_every=2.0)  # type: ignore[untyped-decorator]
def _draw_followed(workspace: "Workspace", verb: str) -> None:
    job = newest(workspace, verb)
    if job is not None:
        _draw_job(job, "here-", log=True, cancel=workspace.jobs.cancel)
    if job is None or job.state != "running":
        st.rerun()


def newest(workspace: "Workspace", verb: str) -> "Job | None":
    """The newest job of a command, running or over."""
    return next((j for j in workspace.jobs.list() if j.command[:1] == (verb,)), None)


def short_command(job: "Job") -> str:
    """The command without the workspace it runs in, which is this one."""
    words = list(job.command)
    return " ".join(["assistant", *words[: words.index("--home") if "--home" in words else None]])


def running(workspace: "Workspace", verb: str) -> bool:
    """Whether `assistant <verb>` is at work on this corpus."""
    return any(
        job.state == "running" and job.command[:1] == (verb,) for job in workspace.jobs.list(SHOWN)
    )


def _draw_list(workspace: "Workspace", jobs: "tuple[Job, ...]") -> None:
    for job in jobs:
        _draw_job(job, "", cancel=workspace.jobs.cancel)
        if job.log_tail.strip():
            with st.popover("Log", type="tertiary", key=f"log-{job.id}"):
                _draw_log(job)


def _draw_job(
    job: "Job", place: str, *, log: bool = False, cancel: "Callable[[str], None] | None" = None
) -> None:
    st.markdown(f"**{escape(short_command(job))}**")
    st.markdown(_STATES[job.state])
    if job.message:
        st.caption(escape(job.message))
    if job.state == "running" and job.progress is not None:
        done, total = job.progress.done, job.progress.total
        label = escape(" ".join((job.progress.label, job.progress.detail)))
        st.progress(min(1.0, done / total) if total else 0.0, text=label)
    if job.state == "running" and cancel is not None:
        st.button(
            "Cancel",
            key=f"{place}cancel-{job.id}",
            help="Stops it cleanly; started again it resumes.",
            on_click=cancel,
            args=(job.id,),
        )
    if log and job.log_tail.strip():
        _draw_log(job)


def _draw_log(job: "Job") -> None:
    st.code(clean(job.log_tail[-2000:]), language=None, wrap_lines=True)
