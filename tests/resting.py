"""Of which tests coverage needs to know nothing: it rests in them, as it does in all that are slow or draw values.

A test takes twice as long with coverage, and these run hardly a line that no quicker ones run. The lists are worked out
from `pytest --cov --cov-context=test`, with each test run a second time, when all that is made once in a process is
made: what it still reaches then, it reaches in any order and on any number of processes.
"""

from __future__ import annotations

FILES = (
    "analyses/test_audit.py", "analyses/test_compare.py", "analyses/test_family.py", "analyses/test_overlap.py",
    "analyses/test_requirements.py", "analyses/test_timeline.py", "analyses/test_transition_facts.py",
    "cli/test_compare_mapping.py", "client/test_demo.py", "decision/test_rules.py", "drawing/test_colour.py",
    "drawing/test_look.py", "drawing/test_text.py", "exporters/excel/test_dashboard.py",
    "exporters/excel/test_decision.py", "exporters/excel/test_heatmap.py", "exporters/excel/test_identity.py",
    "exporters/excel/test_matrix.py", "exporters/excel/test_own.py", "exporters/excel/test_readme.py",
    "exporters/excel/test_requirements.py", "exporters/excel/test_sheets.py", "exporters/excel/test_variants.py",
    "exporters/excel/test_workbook.py", "exporters/html/test_page.py", "exporters/html/test_usual.py",
    "exporters/test_drawings.py", "exporters/test_oscal_mapping.py",
    "library/test_earlier_editions.py", "library/test_facts.py", "library/test_load_families.py",
    "library/test_load_sheets.py", "library/test_relationships.py", "library/test_roots.py", "pictures/test_columns.py",
    "pictures/test_cover.py", "pictures/test_identity.py", "pictures/test_pdca.py", "pictures/test_pictures.py",
    "reasoning/test_closure.py", "reasoning/test_editions.py", "reasoning/test_groups.py", "reasoning/test_kinship.py",
    "register/test_answers.py", "register/test_state.py", "test_gallery.py", "test_house.py", "test_many_standards.py",
    "test_numbers.py", "test_readme.py", "test_workbook.py",
)  # fmt: skip
"""Files of which the lines are run by others."""

TESTS = {
    "analyses/test_find.py": (
        "test_a_word_that_says_nothing_is_refused_with_a_line",
        "test_the_command_finds_and_sends_numbers_to_show",
    ),
    "api/test_contract.py": ("test_each_question_about_standards_is_answered",),
    "cli/test_affirm.py": ("test_what_is_affirmed_is_what_was_stated_and_not_what_is_carried_over_to_other_editions",),
    "cli/test_brief.py": ("test_a_standard_that_is_weighed_and_not_the_projects_is_told",),
    "cli/test_choose.py": ("test_any_two_that_have_criteria_are_weighed_whichever_is_named_first",),
    "cli/test_cli.py": (
        "test_a_picture_is_made_as_the_suffix_says",
        "test_a_terminal_of_80_columns_is_enough",
        "test_csv_has_a_header_and_rows_of_its_width",
        "test_markdown_has_a_title_and_tables",
        "test_the_suffix_of_the_file_picks_the_format",
    ),
    "cli/test_migrate.py": (
        "test_a_move_while_another_command_writes_is_refused_and_changes_nothing",
        "test_a_plan_tells_what_would_become_of_every_answer_and_changes_nothing",
    ),
    "cli/test_picture.py": ("test_slides_take_a_clients_template_and_its_size",),
    "cli/test_project.py": ("test_a_person_edits_the_processes_in_the_file_and_undo_takes_that_back",),
    "client/test_joining.py": ("test_a_look_at_an_older_workbook_tells_what_its_import_will",),
    "exporters/excel/test_brand.py": (
        "test_bands_and_columns_have_the_clients_colours",
        "test_the_logo_stands_on_the_cover_with_words_for_who_does_not_see_it",
    ),
    "exporters/excel/test_form.py": ("test_its_examples_are_sound_in_the_shipped_library",),
    "exporters/excel/test_page.py": ("test_the_sheets_have_such_breaks",),
    "exporters/excel/test_topics.py": (
        "test_of_many_standards_no_table_is_printed_that_takes_hundreds_of_pages_and_it_is_said",
    ),
    "exporters/excel/test_twin.py": ("test_what_the_formulas_work_out_is_hidden_and_does_not_come_back",),
    "exporters/excel/test_worksheet.py": ("test_a_sheet_is_written_to_the_byte_as_xlsxwriter_would",),
    "exporters/test_ciso_assistant.py": ("test_a_framework_has_a_node_for_each_clause_and_point_under_its_own",),
    "exporters/test_graphml.py": ("test_networkx_reads_every_clause_point_and_relation_back",),
    "exporters/test_powerpoint_cutting.py": ("test_what_somebody_wrote_beside_the_slides_does_not_travel_and_is_told",),
    "exporters/test_powerpoint_template.py": (
        "test_a_template_gives_its_size_layouts_and_fonts_and_none_of_its_slides",
    ),
    "library/test_sets.py": ("test_a_set_written_and_read_again_is_the_same",),
    "library/test_structuring.py": ("test_all_files_become_the_same_values",),
    "readers/test_foreign.py": ("test_what_is_stated_of_the_shipped_library_comes_back",),
    "readers/test_workbook.py": ("test_with_any_byte_changed_it_is_refused_or_read",),
    "test_clause_level.py": (
        "test_none_of_them_adds_a_number_to_any_count_of_points",
        "test_nothing_is_the_same_or_proved_with_any_of_them",
        "test_requirements_says_where_a_standard_held_by_clauses_has_its_verdicts",
    ),
}
"""Single tests of other files of which the same holds, each of which takes almost half a second with coverage."""
