"""Walks the parts that were asked for, or all of them: python3 -m privacy [PART...]"""
import signal
import sys
import time

from .bundles import nothing_leaves_without_a_sound_bundle
from .core import COUNTS, ONLY, BEGAN, part, stop_hub
from .detection import plain_texts_are_left_alone, planted_values_are_found
from .first_night import first_night_has_the_forms_of_the_packs, three_regions_are_enrolled
from .policies import (
    dry_run_counts_and_changes_nothing,
    law_turns_on_its_first_day,
    looser_documents_are_refused,
    packs_and_laws_are_listed,
    purposes_products_and_days_take_effect,
    whole_values_do_not_pass_as_prefixes,
)
from .pseudonyms import one_pseudonym_for_a_person
from .receipts import report_counts_what_is_stored, tampering_is_named
from .stricter import dates_shift_and_values_are_sealed, floor_is_signed_and_kept, records_stay_and_totals_leave
from .texts import (
    hazards_stay_as_concepts,
    nothing_planted_is_in_a_dump,
    nothing_planted_is_in_a_log,
    own_values_are_masked_however_written,
    values_of_persons_are_no_lots,
)
from .tightening import stored_cases_are_tightened_and_loosened

# In this order: a part finds headquarters as the ones before it left it.
PARTS = [
    ("3 bundles", nothing_leaves_without_a_sound_bundle),
    ("night", first_night_has_the_forms_of_the_packs),
    ("1 policies", packs_and_laws_are_listed),
    ("1 inheritance", looser_documents_are_refused),
    ("1 effects", purposes_products_and_days_take_effect),
    ("1 prefix", whole_values_do_not_pass_as_prefixes),
    ("1 dry-run", dry_run_counts_and_changes_nothing),
    ("7 dump", nothing_planted_is_in_a_dump("dump1")),
    ("7 own values", own_values_are_masked_however_written),
    ("6 lots", values_of_persons_are_no_lots),
    ("6 concepts", hazards_stay_as_concepts),
    ("2 pseudonyms", one_pseudonym_for_a_person),
    ("4 tighten-loosen", stored_cases_are_tightened_and_loosened),
    ("1 shift-seal-text", dates_shift_and_values_are_sealed),
    ("1 floor", floor_is_signed_and_kept),
    ("5 proof counts", report_counts_what_is_stored),
    ("5 receipts", tampering_is_named),
    ("1 residency", records_stay_and_totals_leave),
    ("1 first day of a law", law_turns_on_its_first_day),
    ("7 detect", planted_values_are_found),
    ("7 neutral", plain_texts_are_left_alone),
    ("7 dump at the end", nothing_planted_is_in_a_dump("dump2")),
    ("8 logs", nothing_planted_is_in_a_log),
]


def main():
    unknown = set(ONLY) - {word for name, _ in PARTS for word in name.split()}
    if unknown:
        print(f"No part has the number or word {' '.join(sorted(unknown))}.")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        part("setup", three_regions_are_enrolled)
        if not COUNTS["FAIL"]:
            for name, show in PARTS:
                part(name, show)
    finally:
        stop_hub()
    print(f"privacy: {COUNTS['OK']} parts OK, {COUNTS['FAIL']} FAIL, {time.time() - BEGAN:.0f} s; logs in .run/walk/privacy/log")
    return 1 if COUNTS["FAIL"] else 0


sys.exit(main())
