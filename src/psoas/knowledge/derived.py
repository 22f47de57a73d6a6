"""The facts that nobody is asked, because the pathway works them out, and the questions that only the pathway reads.

A criterion may name a question or one of these; anything else is a spelling mistake.
"""

from __future__ import annotations

NUMBER = "number"
YES_NO = ("yes", "no", "unknown")
LABELS = ("tight", "weak", "both", "inhibited", "neither", "provisional")

DERIVED: dict[str, str | tuple[str, ...]] = {
    "age": NUMBER,
    "caution": YES_NO,  # S with caution (D09)
    "current_pain": NUMBER,
    "doha": YES_NO,  # at least one of the three hip-flexor signs
    "goal": ("daily", "sport", "run"),
    "hip_arthroscopy_weeks": NUMBER,
    "hip_replacement_weeks": NUMBER,
    "inhibited": YES_NO,
    "irritable": YES_NO,  # worst pain 4 to 5 (C4a)
    "known_minor_strain": YES_NO,  # D07
    "label": LABELS,
    "length_confidence": ("low", "moderate", "high"),
    "length_flag": ("yes", "borderline", "no", "unknown"),
    "lsi": NUMBER,
    "lsi_return_ok": YES_NO,  # 90 % or more (D51)
    "mmt": NUMBER,
    "moment": ("intake", "reopen", "course"),
    "onset_hours": NUMBER,
    "onset_kind": ("sudden", "gradual", "unknown"),
    "onset_recent": YES_NO,
    "onset_weeks": NUMBER,
    "opts_out_of_stretch": YES_NO,
    "pain_limited": YES_NO,  # L7
    "restricted": YES_NO,  # D15
    "running_out": YES_NO,  # CP5
    "stage": ("0", "1", "2", "3", "4a", "4b"),
    "strain_recent": YES_NO,  # a strain at most 72 h ago
    "stretch_front_pain": YES_NO,  # CL3
    "test_pain": NUMBER,
    "tu2_factor": YES_NO,  # D52
    "worst_pain": NUMBER,
}

# Questions no criterion reads: the pathway does.
READ_BY_THE_PATHWAY = frozenset(
    {
        "hip_replacement_when",  # becomes hip_replacement_weeks
        "hip_arthroscopy_when",
        "hip_or_back_disease",  # W8
        "hip_or_back_year",  # inhibition, part A
        "recovered",  # DL3
        "night_pain_new",  # SR2
        "news",  # HO6, D17
        "change_what",  # D17
    }
)
