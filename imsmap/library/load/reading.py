"""One pass over the files of a library, root by root, gathering values, their places and every problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from imsmap.errors import DataError, Problem
from imsmap.library.load import prepared
from imsmap.library.load.carrying import carried
from imsmap.library.load.checks.guides import (
    check_audit,
    check_choosing,
    check_defaults,
    check_disciplines,
    check_families,
    check_integration,
    check_places,
    check_topics,
    check_usual_words,
)
from imsmap.library.load.checks.relations import check_relations, is_sound, names_in
from imsmap.library.load.checks.standards import check_revision, check_standard, check_structure, check_supplement
from imsmap.library.load.kinds import (
    AuditFile,
    LibraryFile,
    as_it_is,
    hand_down,
    hand_to_clauses,
    hand_to_families,
    inherit,
)
from imsmap.library.load.places import Place as Place
from imsmap.library.load.places import Places
from imsmap.library.load.roots import FOLDERS, LIBRARY, Source, files, passed_over, strangers
from imsmap.library.load.sets import Set, ends_of, read_set, revised, supplemented
from imsmap.library.load.tree import Path_, Tree, read_text
from imsmap.library.model import HUB, Library, Standard, Structure, series_of
from imsmap.nearest import did_you_mean, near

if TYPE_CHECKING:
    from imsmap.library.guides import Criterion, Integration

AUDIT, INTEGRATION, FAMILIES, CHOOSING = "audit.yaml", "integration.yaml", "families.yaml", "choose.yaml"
"""What some sheets need beside the standards; a library may do without."""
WORDS = "words.yaml"
"""What people say for what stands in the standards; a library may do without, too."""


_Named = TypeVar("_Named")
T = TypeVar("T")


class Reading:
    """One pass over the files of a library, gathering problems."""

    def __init__(
        self, roots: Sequence[Path], *, placing: bool = True, given: Mapping[Path, Standard | Set] | None = None
    ) -> None:
        """Read nothing yet; the first root holds a whole library, the others add to it.

        placing: note where every clause, point and relation stands, for who asks for that when all is read. given: what
        files will say that are not written yet, by their path.
        """
        self.roots = roots
        self._placing = placing
        self._given = given or {}
        self._is_changed = False
        self.problems: list[Problem] = []
        self.places = Places[str]()
        self._files: dict[str, dict[str, Source]] = {}
        self._library: Tree | None = None
        self._told = Places[tuple[str, str]]()

    # --- files -------------------------------------------------------------------------------------------------------

    def files(self, folder: str) -> dict[str, Source]:
        """Give the files of a folder by name; of several with one name, in several roots, the first."""
        if folder not in self._files:
            found: dict[str, Source] = {}
            for source in files(self.roots, folder):
                found.setdefault(source.stem, source)
            self._files[folder] = found
        return self._files[folder]

    def _alone(self, folder: str, wanted: Callable[[Source], bool]) -> None:
        """Tell of files that would take the place of one in an earlier root."""
        kind = {"relations": "mapping set", "standards": "standard", "structures": "structure"}[folder]
        advice = "rename the file" if folder == "relations" else "give yours a key and a name of its own"
        for source in files(self.roots, folder):
            first = self.files(folder)[source.stem]
            if first != source and wanted(source):
                words = f"{kind} {source.stem} is in {first.shown} already, which it may not replace; {advice}"
                self.problems.append(Problem(source.shown, None, words))

    def _tree(self, source: Source) -> Tree | None:
        from imsmap.library.load.parsing import parse

        self._is_changed = self._is_changed or source.root == self.roots[0]
        try:
            return parse(read_text(source.path, source.shown), source.shown)
        except DataError as error:
            self.problems.extend(error.problems)
            return None

    def _is_checked(self, tree: Tree) -> bool:
        """Tell whether a file was checked when it was prepared, with all that came with it as it is now.

        What a check looks at is read before, so that the first file that had to be read lets all after it be checked.
        """
        was_checked = isinstance(tree, prepared.Unread) and not isinstance(tree, prepared.Given)
        return was_checked and not self._is_changed

    def _check(self, tree: Tree, check: Callable[..., object], *held: object) -> None:
        if not self._is_checked(tree):
            check(tree, *held)

    def _read(self, source: Source, type_: type[T], hand: Callable[[Tree], object]) -> tuple[Tree, T | None] | None:
        """Read a file as a value of a type, which may have been prepared; nothing if it is no YAML.

        hand: what hands down inside the file what is written there once.
        """
        given = self._given.get(source.path)
        if isinstance(given, type_):
            return prepared.Given(source), given
        value = prepared.value(source)
        if isinstance(value, type_):
            return prepared.Unread(source), value
        tree = self._tree(source)
        if tree is None:
            return None
        from imsmap.library.load.structuring import handed_down

        return tree, handed_down(tree, type_, hand)

    def _guides(
        self, name: str, type_: type[T], hand: Callable[[Tree], object], roots: Sequence[Path]
    ) -> list[tuple[Source, Tree, T | None]]:
        """Read a file that a root may do without, in each root."""
        sources = [Source(root, root / name) for root in roots if (root / name).is_file()]
        read = [(source, self._read(source, type_, hand)) for source in sources]
        return [(source, *found) for source, found in read if found is not None]

    def _place(self, id_: str, source: Source, tree: Tree, at: Path_) -> None:
        if self._placing:
            self.places.put(id_, tree, source.path, at)

    def _done(self, tree: Tree) -> None:
        self.problems.extend(tree.problems)

    def name_unread(self) -> None:
        """Name what somebody put among the data and nothing reads, so that it is not taken for mapped."""
        for folder in FOLDERS:
            for source in passed_over(self.roots, folder):
                advice = f"not read; name it {source.stem}.yaml"
                if source.path.suffix == ".yaml":
                    advice = "no file that can be read; put one here"
                self.problems.append(Problem(source.shown, None, f"is {advice}, or take it away"))
        for root in self.roots:
            for path, advice in strangers(root, (LIBRARY, AUDIT, INTEGRATION, FAMILIES, CHOOSING, WORDS)):
                words = f"is not read; {advice} Else take it away"
                self.problems.append(Problem(Source(root, path).shown, None, words))
        for root in self.roots[1:]:
            for name in (INTEGRATION, CHOOSING):
                if (root / name).is_file():
                    words = "is not read beside the one of the library; take it away"
                    self.problems.append(Problem(Source(root, root / name).shown, None, words))

    # --- the library and its guides ----------------------------------------------------------------------------------

    def library(self) -> Library:
        """Read `library.yaml` of the first root."""
        empty = Library("", "", root=str(self.roots[0]))
        source = Source(self.roots[0], self.roots[0] / LIBRARY)
        found = self._read(source, LibraryFile, as_it_is)
        if found is None:
            return empty
        tree, read = found
        library = empty
        if read is not None:
            library = evolve(
                empty,
                version=read.version,
                released=read.released,
                core=read.core,
                disciplines=read.disciplines,
                topics=read.topics,
                editions=read.editions,
            )
            self._check(tree, check_disciplines, read.disciplines)
            self._check(tree, check_topics, read.topics)
            there = [one.stem for one in files(self.roots, "standards")]
            for index, key in enumerate(read.editions):
                if key not in there:
                    tree.fault(("editions", index), f"no standard {key} to be meant; {did_you_mean(key, there)}")
            for kind, name, ids in (
                ("discipline", "disciplines", [discipline.key for discipline in read.disciplines]),
                ("letter", "disciplines", [discipline.letter for discipline in read.disciplines]),
                ("topic", "topics", [topic.id for topic in read.topics]),
            ):
                for index, id_ in enumerate(ids):
                    self._tell(kind, id_, source, tree, (name, index))
        self._done(tree)
        self._library = tree
        return library

    def _tell(self, kind: str, id_: str, source: Source, tree: Tree, at: Path_) -> None:
        if (kind, id_) not in self._told:
            self._told.put((kind, id_), tree, source.path, at)

    def audit(self, library: Library) -> Library:
        """Read the audit questions; none if there is no such file."""
        for source, tree, read in self._guides(AUDIT, AuditFile, lambda tree: hand_down(tree, "questions"), self.roots):
            found = () if read is None else read.questions
            self._check(tree, check_audit, found, library, "questions", self._told)
            for index, question in enumerate(found):
                self._tell("question", question.group, source, tree, ("questions", index))
            self._done(tree)
            if AUDIT not in self.places:
                self._place(AUDIT, source, tree, ("questions",))
            library = evolve(library, audit_questions=(*library.audit_questions, *found))
        return library

    def integration(self) -> Integration | None:
        """Read the criteria of the level of integration; nothing if there is no such file."""
        from imsmap.library.guides import Integration
        from imsmap.library.load.guide_kinds import IntegrationFile

        hand, first = (lambda tree: hand_down(tree, "criteria")), self.roots[:1]
        found = None
        for _, tree, read in self._guides(INTEGRATION, IntegrationFile, hand, first):
            found = None if read is None else Integration(read.criteria, read.cap)
            if found is not None:
                self._check(tree, check_integration, found)
            self._done(tree)
        return found

    def criteria(self, library: Library | None = None) -> tuple[Criterion, ...]:
        """Read what is weighed to choose a standard, side by side; none if there is no such file.

        library: whose disciplines the standards must be of, if it is at hand.
        """
        from imsmap.library.load.guide_kinds import ChoosingFile

        found: tuple[Criterion, ...] = ()
        for _, tree, read in self._guides(CHOOSING, ChoosingFile, as_it_is, self.roots[:1]):
            if read is not None:
                self._check(tree, check_choosing, read.sides, read.criteria, library)
                order = [*read.sides, None]
                by_number = {side.number: side for side in read.sides}
                told = [evolve(one, standard=by_number.get(one.side or "")) for one in read.criteria]
                found = tuple(sorted(told, key=lambda one: order.index(one.standard)))
            self._done(tree)
        return found

    def families(self, library: Library) -> Library:
        """Read the families of standards, and how they compare; none if there is no such file."""
        from imsmap.library.load.guide_kinds import FamiliesFile

        for source, tree, read in self._guides(FAMILIES, FamiliesFile, hand_to_families, self.roots):
            if read is not None:
                self._check(tree, check_families, read.families, read.comparisons, library, self._told)
                for index, one in enumerate(read.families):
                    self._tell("family", one.number, source, tree, ("families", index))
                library = evolve(
                    library,
                    families=(*library.families, *read.families),
                    comparisons=(*library.comparisons, *read.comparisons),
                )
            self._done(tree)
        return library

    def words(self, library: Library) -> Library:
        """Read what people say for what stands in the standards; nothing if there is no such file."""
        from imsmap.library.load.guide_kinds import WordsFile

        for _, tree, read in self._guides(WORDS, WordsFile, as_it_is, self.roots):
            if read is not None:
                self._check(tree, check_usual_words, read.words)
                library = evolve(library, usual_words=(*library.usual_words, *read.words))
            self._done(tree)
        return library

    # --- the harmonized structure ------------------------------------------------------------------------------------

    def structures(self, library: Library) -> Library:
        """Read every edition of the harmonized structure, and hold the library's topics against the newest."""
        self._alone("structures", lambda _: True)
        found: list[tuple[Tree, Structure]] = []
        for source in self.files("structures").values():
            one = self._read(source, Structure, inherit)
            if one is None:
                continue
            tree, read = one
            _check_stem(tree, source)
            if read is None:
                self._done(tree)
            else:
                found.append((tree, read))
        core_ids = {p.id for _, read in found if read.key == HUB for clause in read.clauses for p in clause.points}
        if HUB not in self.files("structures"):
            shown = Source(self.roots[0], self.roots[0] / "structures").shown
            self.problems.append(Problem(shown, None, f"{HUB}.yaml, the hub, is missing; add it"))
        for tree, read in found:
            self._check(tree, check_structure, read, core_ids)
            self._done(tree)
        library = evolve(library, structures=tuple(read for _, read in found))
        if self._library is not None:
            told = len(self._library.problems)
            self._check(self._library, check_places, library.topics, library)
            self.problems.extend(self._library.problems[told:])
        return library

    # --- standards ---------------------------------------------------------------------------------------------------

    def standards(self, wanted: set[str] | None, library: Library, core_ids: set[str]) -> Library:
        """Read the standards named, or all, with what their own files add to the library."""
        self._alone("standards", lambda source: wanted is None or source.stem in wanted)
        found: list[Standard] = []
        read_from: dict[str, tuple[Source, Tree]] = {}
        there = self.files("standards")
        waiting = [key for key in there if wanted is None or key in wanted]
        for key in waiting:
            source = there[key]
            one = self._read(source, Standard, hand_to_clauses)
            if one is None:
                continue
            tree, read = one
            base = tree.value.get("supplements") if read is None else read.supplements
            if isinstance(base, str) and base in there and base not in waiting:
                waiting.append(base)
            _check_stem(tree, source)
            if read is not None and (read.key == source.stem or read.key not in there):
                with_own = self._with_own(library, read, source, tree)
                # Without core points or topics each of them would be missed once more here, clause by clause.
                if core_ids and library.version:
                    self._check(tree, check_standard, read, with_own, core_ids)
                library = with_own
                found.append(read)
                read_from[read.key] = source, tree
                self.places.put(read.key, tree, source.path, ("key",))
                for index, clause in enumerate(read.clauses if self._placing else ()):
                    self._place(clause.ref, source, tree, ("clauses", index))
                    for number, point in enumerate(clause.points):
                        self._place(clause.point_ref(point), source, tree, ("clauses", index, "points", number))
            self._done(tree)
        library = evolve(library, standards=tuple(sorted(found, key=lambda standard: standard.key)))
        if self._library is not None:
            told = len(self._library.problems)
            self._check(self._library, check_defaults, library)
            self.problems.extend(self._library.problems[told:])
        for standard in library.standards:
            library = self._supplement(library, standard, *read_from[standard.key])
            library = self._revise(library, standard, *read_from[standard.key])
        return library

    def _supplement(self, library: Library, standard: Standard, source: Source, tree: Tree) -> Library:
        """Add that each clause of a supplement holds what it supplements."""
        told = len(tree.problems)
        base = next((other for other in library.standards if other.key == standard.supplements), None)
        self._check(tree, check_supplement, standard, base, self.files("standards"))
        self.problems.extend(tree.problems[told:])
        if base is None or len(tree.problems) > told:
            return library
        relations = supplemented(standard, base)
        for index, clause in enumerate(standard.clauses if self._placing else ()):
            if clause.supplements:
                self._place(f"{standard.key}#{clause.number}", source, tree, ("clauses", index))
        return evolve(library, relations=(*library.relations, *relations))

    def _revise(self, library: Library, standard: Standard, source: Source, tree: Tree) -> Library:
        """Add how the points of a new edition stand to those of the old from which they come."""
        told = len(tree.problems)
        old = next((other for other in library.standards if other.key == standard.revises), None)
        self._check(tree, check_revision, standard, old, library.standards, self.files("standards"))
        self.problems.extend(tree.problems[told:])
        if old is None or len(tree.problems) > told:
            return library
        for index, clause in enumerate(standard.clauses if self._placing else ()):
            for place, point in enumerate(clause.points):
                if point.from_:
                    at = ("clauses", index, "points", place)
                    self._place(f"{standard.key}#{clause.number}#{point.id}", source, tree, at)
        return evolve(library, relations=(*library.relations, *revised(standard, old)))

    def _with_own(self, library: Library, standard: Standard, source: Source, tree: Tree) -> Library:
        """Add the disciplines, topics and audit questions that stand in a standard's own file."""
        self._check(tree, check_disciplines, standard.disciplines)
        self._check(tree, check_topics, standard.topics)
        self._check(tree, check_places, standard.topics, library)
        disciplines = {discipline.key: discipline for discipline in library.disciplines}
        topics = {topic.id: topic for topic in library.topics}
        questions = {question.group: question for question in library.audit_questions}
        letters = {discipline.letter: discipline for discipline in library.disciplines}
        for index, discipline in enumerate(standard.disciplines):
            self._twice("discipline", discipline.key, disciplines, discipline, source, tree, ("disciplines", index))
            self._twice("letter", discipline.letter, letters, discipline, source, tree, ("disciplines", index))
        for index, topic in enumerate(standard.topics):
            self._twice("topic", topic.id, topics, topic, source, tree, ("topics", index))
        for index, question in enumerate(standard.audit_questions):
            at = ("audit_questions", index)
            self._twice("question", question.group, questions, question, source, tree, at)
        library = evolve(
            library,
            disciplines=tuple(disciplines.values()),
            topics=tuple(topics.values()),
            audit_questions=tuple(questions.values()),
        )
        self._check(tree, check_audit, standard.audit_questions, library, "audit_questions", {})
        return library

    def _twice(
        self, kind: str, id_: str, known: dict[str, _Named], value: _Named, source: Source, tree: Tree, at: Path_
    ) -> None:
        """Take something over from a standard's own file, unless another file tells it otherwise."""
        if known.setdefault(id_, value) != value:
            first = self._told[kind, id_]
            tree.fault(at, f"{kind} {id_} is told otherwise in {first}; make them the same, or rename this one")
        self._tell(kind, id_, source, tree, at)

    # --- relations ---------------------------------------------------------------------------------------------------

    def _set(self, source: Source, there: set[str]) -> tuple[Tree, Set | None] | None:
        """Read a mapping set, which may have been prepared; nothing if it is no YAML."""
        given = self._given.get(source.path)
        if isinstance(given, tuple):
            return prepared.Given(source), given
        value = prepared.value(source)
        if value is not None:
            return prepared.Unread(source), value
        tree = self._tree(source)
        return None if tree is None else (tree, read_set(tree, source, there))

    def relations(self, wanted: set[str] | None, library: Library) -> Library:
        """Read the mapping sets between the standards named, or all."""
        sound = not self.problems
        standards = {standard.key: standard for standard in library.standards}
        there = set(self.files("standards"))
        known = {key: names_in(standard) for key, standard in standards.items()}
        by_clause = {key for key, standard in standards.items() if standard.level == "clause"}
        if wanted is not None:
            wanted = set(standards)  # with the bases of supplements

        def needed(source: Source) -> bool:
            return wanted is None or set(ends_of(source) or ("",)) <= wanted

        self._alone("relations", needed)
        for source in self.files("relations").values():
            one = self._set(source, there) if needed(source) else None
            if one is None:
                continue
            tree, read = one
            if read is not None:
                set_, relations = read
                sound_ones = relations
                if not self._is_checked(tree):
                    sound_ones = tuple(relation for relation in relations if is_sound(relation, known))
                library = evolve(library, sets=(*library.sets, set_), relations=(*library.relations, *sound_ones))
                for index, relation in enumerate(relations if self._placing else ()):
                    self._place(relation.id, source, tree, ("relations", index))
                self._check(tree, check_relations, relations, known, by_clause)
            self._done(tree)
        return self._carry(library) if sound else library

    def _carry(self, library: Library) -> Library:
        """Add what is stated of other editions as far as it holds of those here."""
        alone = {one.name for one in library.sets if not one.bridges}
        followed = [one for one in library.relations if one.id.partition("#")[0] not in alone]
        more = carried(library.standards, followed)
        stated = {relation.id.partition("#")[2]: relation.id for relation in followed}
        for relation in more if self._placing else ():
            self.places.same(relation.id, stated[relation.id.partition("#")[2]])
        return evolve(library, relations=(*library.relations, *more))

    def alike(self, library: Library) -> None:
        """Tell of standards that are called the same, and of a series that seems to be another's, misspelt."""
        seen: dict[str, str] = {}
        for standard in library.standards:
            first = seen.setdefault(standard.designation.casefold(), standard.key)
            if first != standard.key:
                place = self.places[standard.key]
                words = f"{standard.designation} is also what {self.places[first]} is called; tell them apart"
                self.problems.append(Problem(place.shown, place.line, words))
        for standard in library.standards:
            others = {other.series for other in library.standards if other.key != standard.key}
            close = () if standard.series in others else near(standard.series, others, 1)
            if close and standard.series != series_of(standard.designation):
                place = self.places[standard.key]
                words = f"no other edition has the series {standard.series!r}; did you mean {close[0]}?"
                self.problems.append(Problem(place.shown, place.line, words))


def _check_stem(tree: Tree, source: Source) -> None:
    key = None if isinstance(tree, prepared.Unread) else tree.value.get("key")
    if isinstance(key, str) and key != source.stem:
        tree.fault(("key",), f"key {key} and the file's name {source.stem} differ; make them the same")
