"""The classes that nbgrader_config.py names, one in a file.

rebuild.py            Rebuild: the first step of autograding
execute.py            RunIsolated, in the place of nbgrader's Execute
refuse_autotests.py   RefuseAutotests, the first step of building a release
clear_solutions.py    ClearSolutionsKeepStarters, in the place of ClearSolutions
feedback_exporter.py  FeedbackExporter, in the place of the exporter of feedback pages
hand_in_extractor.py  HandInExtractor, in the place of zip_collect's ExtractorPlugin
archive_room.py       what archives would become when unpacked, for HandInExtractor
hand_in_collector.py  HandInCollector, in the place of zip_collect's FileNameCollectorPlugin
formgrader/           templates that keep formgrader from loading MathJax from the internet
"""
