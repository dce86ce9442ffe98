"""Invented reports of realistic size, in the shape that the analyses return."""

from __future__ import annotations

import importlib
from itertools import combinations, permutations
from typing import Any

from imsmap.analyses import choose
from imsmap.decision.rules import Case, Given
from imsmap.drawing import SIZES, Picture
from imsmap.report import Report, untyped
from tests.exporters.excel.library import A, B, small

HEADINGS = {"7.5": "Documented information", "9.2": "Internal audit", "9.3": "Management review"}
MAINS = {
    "4": "Context of the organization",
    "5": "Leadership",
    "6": "Planning",
    "7": "Support",
    "8": "Operation",
    "9": "Performance evaluation",
    "10": "Improvement",
}
# group | title | clauses of the first | of the second | class. A clause is `number title`, `;` divides.
ROWS = """
4.1 | Understanding the organization and its context | 4.1 Context looked at | 4.1 Context looked at | extended
4.2 | Understanding the needs and expectations of interested parties | 4.2 Parties | 4.2 Parties | same
4.3 | Determining the scope of the management system | 4.3 Scope of it all | 4.3 Scope of it all | extended
4.4 | Management system | 4.4.1 | 4.4 The system | extended
process-information | Documented information on processes | 4.4.2 | | none
5.1 | Leadership and commitment | 5.1.1 General | 5.1 Leadership and commitment | extended
customer-focus | Customer focus | 5.1.2 Customer focus | | none
5.2 | Policy | 5.2.1 Setting the policy; 5.2.2 Telling the policy | 5.2 The policy | extended
5.3 | Roles, responsibilities and authorities | 5.3 Roles | 5.3 Roles | extended
6.1 | Actions to address risks and opportunities | 6.1.1; 6.1.2 | 6.1.1 General; 6.1.4 Planning action | extended
environmental-aspects | Environmental aspects | | 6.1.2 Environmental aspects | none
compliance-obligations | Compliance obligations | | 6.1.3 Compliance obligations | none
6.2 | Objectives and planning to achieve them | 6.2.1; 6.2.2 | 6.2.1 Objectives; 6.2.2 Plans for them | extended
6.3 | Planning of changes | 6.3 Planning of changes | | not assessed
7.1 | Resources | 7.1.1 General | 7.1 Resources | extended
people | People | 7.1.2 People | | none
infrastructure | Infrastructure | 7.1.3 Infrastructure | | none
process-environment | Environment for the operation of processes | 7.1.4 Environment for processes | | none
measuring | Monitoring and measuring resources | 7.1.5.1 General; 7.1.5.2 Measurement traceability | | none
knowledge | Organizational knowledge | 7.1.6 Organizational knowledge | | none
7.2 | Competence | 7.2 Competence | 7.2 Competence | same
7.3 | Awareness | 7.3 Awareness | 7.3 Awareness | extended
7.4 | Communication | 7.4 Communication | 7.4.1 General | extended
internal-communication | Internal communication | | 7.4.2 Internal communication | none
external-communication | External communication | | 7.4.3 External communication | none
7.5.1 | General | 7.5.1 General | 7.5.1 General | same
7.5.2 | Creating and updating | 7.5.2 Creating and updating | 7.5.2 Creating and updating | same
7.5.3 | Control of documented information | 7.5.3.1; 7.5.3.2 | 7.5.3 Control of documented information | extended
8.1 | Operational planning and control | 8.1 Planning | 8.1 Operational planning and control | extended
requirements | Requirements for products and services | 8.2.1 Talking with customers; 8.2.2 Finding; 8.2.3.1 | | none
design | Design and development of products and services | 8.3.1 General; 8.3.2 Planning; 8.3.3 Inputs | | none
external | Control of externally provided processes, products and services | 8.4.1 General; 8.4.2 Extent | | related
production | Production and service provision | 8.5.1 Control; 8.5.2 Identification; 8.5.5 After delivery | | none
release | Release of products and services | 8.6 Release of products and services | | none
nonconforming | Control of nonconforming outputs | 8.7.1; 8.7.2 | | none
emergency | Emergency preparedness and response | | 8.2 Emergency preparedness and response | none
9.1 | Monitoring, measurement, analysis and evaluation | 9.1.1 General | 9.1.1 General | extended
satisfaction | Customer satisfaction | 9.1.2 Customer satisfaction | | none
compliance-evaluation | Evaluation of compliance | | 9.1.2 Evaluation of compliance | none
9.2.1 | General | 9.2.1 | 9.2.1 General | same
9.2.2 | Internal audit programme | 9.2.2 | 9.2.2 Internal audit programme | extended
9.3.1 | General | 9.3.1 General | 9.3 Management review | extended
9.3.2 | Management review inputs | 9.3.2 Management review inputs | | extended
9.3.3 | Management review results | 9.3.3 Management review outputs | | extended
10.1 | Continual improvement | 10.3 Continual improvement | 10.3 Continual improvement | same
improvement | Improvement in general | 10.1 General | 10.1 General | related
10.2 | Nonconformity and corrective action | 10.2.1; 10.2.2 | 10.2 Nonconformity and corrective action | extended
"""
OWN_HEADINGS = {
    "8.2": "Requirements for products and services",
    "8.3": "Design and development of products and services",
    "8.4": "Control of externally provided processes, products and services",
    "8.5": "Production and service provision",
    "8.7": "Control of nonconforming outputs",
}
DISCIPLINES = (
    ("Q", "quality", "ISO 90001:2031", {"dark": "#00507D", "accent": "#0072B2", "tint": "#D6E8F3"}),
    ("E", "environment", "ISO 14901:2031", {"dark": "#00704F", "accent": "#009E73", "tint": "#D5EEE5"}),
    ("S", "OH&S", "ISO 45901:2033", {"dark": "#A84300", "accent": "#D55E00", "tint": "#F8DFCF"}),
    ("I", "information security", "ISO/IEC 27901:2030", {"dark": "#7A4FA3", "accent": "#7A4FA3", "tint": "#E6DDF0"}),
    ("N", "energy", "ISO 50901:2029", {"dark": "#E69F00", "accent": "#E69F00", "tint": "#FBEBC8"}),
    ("B", "business continuity", "ISO 22901:2030", {"dark": "#6B3E26", "accent": "#6B3E26", "tint": "#EADFD8"}),
)
_SHARES = ("same", "extended", "related")


def matrix(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent a matrix of some standards; titles may be lengthened, and words swapped for nastier ones."""

    def words(text: str) -> str:
        for old, new in (swap or {}).items():
            text = text.replace(old, new)
        return text + " " + ("n" * 7 + " ") * round(len(text) * (lengthen - 1) / 8) if lengthen > 1 else text

    keys = [f"invented{index}-2031" for index in range(count)]
    standards = [
        {
            "key": key,
            "designation": words(DISCIPLINES[index][2]) if swap else DISCIPLINES[index][2],
            "title": words("Management systems, requirements"),
            "discipline": DISCIPLINES[index][1],
            "discipline_name": DISCIPLINES[index][1],
            "letter": DISCIPLINES[index][0],
            "colours": DISCIPLINES[index][3],
            "leaf_clauses": 0,
            "status": "current",
        }
        for index, key in enumerate(keys)
    ]
    groups = []
    covered: dict[tuple[str, str], set[str]] = {pair: set() for pair in permutations(keys, 2)}
    unassessed: dict[tuple[str, str], set[str]] = {pair: set() for pair in permutations(keys, 2)}
    leaves: dict[str, list[str]] = {key: [] for key in keys}
    for line in ROWS.strip().splitlines():
        id_, title, first, second, kin = (part.strip() for part in line.split("|"))
        clauses = {
            key: _clauses(key, (first, second)[index % 2] if index < 2 or id_[0] in "1456789e" else "", title, words)
            for index, key in enumerate(keys)
        }
        for key in keys:
            leaves[key] += [clause["number"] for clause in clauses[key]]
        classes = []
        for one, other in combinations(keys, 2):
            if not clauses[one] and not clauses[other]:
                continue
            between = kin if (one, other) == (keys[0], keys[1]) or not (clauses[one] and clauses[other]) else (
                "extended" if id_[0].isdigit() else "none"
            )  # fmt: skip
            classes.append({"subject": one, "object": other, "class": between, "jointly": False})
            for of, by in ((one, other), (other, one)):
                if between in _SHARES:
                    covered[of, by] |= {clause["number"] for clause in clauses[of]}
                elif between == "not assessed":
                    unassessed[of, by] |= {clause["number"] for clause in clauses[of]}
        is_core = id_[0].isdigit()
        main = id_.split(".")[0] if is_core else _main(first or second)
        groups.append(
            {
                "id": id_,
                "kind": "core" if is_core else "topic",
                "main": main,
                "number": id_ if is_core else None,
                "title": words(title),
                "clauses": clauses,
                "also": {key: [] for key in keys},
                "classes": classes,
                "class": kin,
                "glyph": "=",
                "against_core": {
                    key: ("same" if kin == "same" else "extended") if is_core and clauses[key] else None for key in keys
                },
                "shared": [],
                "adds": {key: [] for key in keys},
                "lacks": {key: [] for key in keys},
                "letters": "".join(s["letter"] for s in standards if clauses[s["key"]]),
                "advice": "one document",
                "false_friends": ["8.2"] if id_ in ("requirements", "emergency") else [],
            }
        )
    for standard in standards:
        standard["leaf_clauses"] = len(leaves[standard["key"]])
    coverage = [
        {
            "of": of,
            "by": by,
            "unit": "leaf clause",
            "n": len(covered[of, by]),
            "same": min(5, len(covered[of, by])),
            "extended": max(0, len(covered[of, by]) - 5),
            "related": 0,
            "jointly": 0,
            "m": len(leaves[of]),
            "none": len(leaves[of]) - len(covered[of, by]) - len(unassessed[of, by]),
            "not_assessed": len(unassessed[of, by]),
            "uncovered": [n for n in leaves[of] if n not in covered[of, by] | unassessed[of, by]],
            "unassessed": sorted(unassessed[of, by]),
        }
        for of, by in permutations(keys, 2)
    ]
    shared = sum(1 for group in groups if any(entry["class"] in _SHARES for entry in group["classes"]))
    values: dict[str, Any] = {
        "standards": standards,
        "core_colours": {"dark": "#4D4D4D", "tint": "#E6E6E6"},
        "main_clauses": [{"number": number, "title": words(title)} for number, title in MAINS.items()],
        "headings": {
            "core": {number: words(title) for number, title in HEADINGS.items()},
            **{key: {n: words(t) for n, t in OWN_HEADINGS.items()} for key in keys},
        },
        "groups": groups,
        "counts": {"groups": len(groups), "shared": shared, "only": dict.fromkeys(keys, 0)},
        "coverage": coverage,
    }
    return Report(
        "matrix", "Combined matrix", "2031.1", (), values, untyped, "an invented message", ("an invented note",)
    )


def _main(clauses: str) -> str:
    return clauses.split(".")[0]


def _clauses(key: str, text: str, fallback: str, words: Any) -> list[dict[str, str]]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        number, _, title = part.partition(" ")
        found.append({"ref": f"{key}:{number}", "number": number, "title": words(title or fallback)})
    return found


def requirements(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent the requirements of some standards: the clauses of the matrix with their headings."""
    source = matrix(count, lengthen, swap).values
    clauses = []
    for standard in source["standards"]:
        key = standard["key"]
        leaves = {c["number"]: c["title"] for group in source["groups"] for c in group["clauses"][key]}
        numbers = {".".join(n.split(".")[:i]) for n in leaves for i in range(1, n.count(".") + 2)}
        titles = {
            **{m["number"]: m["title"] for m in source["main_clauses"]},
            **source["headings"]["core"],
            **source["headings"][key],
            **leaves,
        }
        for number in sorted(numbers, key=lambda n: [int(part) for part in n.split(".")]):
            clauses.append(
                {
                    "ref": f"{key}:{number}",
                    "standard": key,
                    "number": number,
                    "title": titles.get(number, f"Clause {number}"),
                    "official_title": titles.get(number, ""),
                    "parent": number.rpartition(".")[0] or None,
                    "leaf": number in leaves,
                    "group": None,
                    "points": [{"id": f"{key}:{number}#x", "text": "x", "core": None}] if number in leaves else [],
                }
            )
    values = {"standards": source["standards"], "clauses": clauses}
    return Report(
        "requirements", "Requirements", "2031.1", (), values, untyped, "an invented message", ("an invented note",)
    )


FALSE_FRIENDS = ("6.1", "6.2", "6.3", "7.1", "7.4", "8.1", "8.2", "8.3", "8.4", "8.5", "9.1", "9.2")


def friends(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent false friends: as if nothing were shared under some numbers that two standards use."""
    source = requirements(count, lengthen, swap).values
    titles: dict[str, dict[str, str]] = {}
    for clause in source["clauses"]:
        if clause["number"] in FALSE_FRIENDS:
            titles.setdefault(clause["number"], {})[clause["standard"]] = clause["title"]
    found = [
        {
            "number": number,
            "subject": f"{one}:{number}",
            "object": f"{other}:{number}",
            "subject_title": words[one],
            "object_title": words[other],
            "note": "Weak tie (2 of 10): records" if number == "8.2" else "",
        }
        for number, words in titles.items()
        for one, other in combinations(words, 2)
    ]
    values = {"standards": source["standards"], "false_friends": found, "hidden_friends": []}
    return Report("friends", "Friends", "2031.1", (), values, untyped, "an invented message", ("an invented note",))


def timeline(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent edition windows: every second edition is replaced, every third amended."""
    standards = matrix(count, lengthen, swap).values["standards"]
    events = []
    for at, standard in enumerate(standards):
        end = "n" * 7 + " "
        told = [("published", f"202{at}-0{at + 1}", standard["designation"])]
        if at % 3 == 0:
            told.append(("amended", "2030-02", "Amd 1:2030: " + end * round(4 * lengthen)))
        if at % 2 == 0:
            told.append(("replaced", f"2031-0{at + 1}-15", standard["designation"].replace("20", "21")))
        events += [
            {"standard": standard["key"], "kind": kind, "date": date, "what": what, "confidence": 0.7,
             "source": "an invented source"}
            for kind, date, what in told
        ]  # fmt: skip
    values = {
        "standards": standards,
        "events": events,
        "replaced": [one["standard"] for one in events if one["kind"] == "replaced"],
        "confirm": "confirm with your certification body",
    }
    return Report("timeline", "Timeline", "2031.1", (), values, untyped, "an invented message", ("an invented note",))


def cover(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent what a cover says: a client with a long name and scope."""
    said = matrix(count, lengthen, swap)
    scope = "Contract plating and coating of customers' steel parts up to 4 m, with laboratory and stores, at one site"
    told = {"client": "Invented Coatings Ltd", "scope": scope + " n" * round(60 * (lengthen - 1)), "date": "2031-01-02"}
    return Report("cover", "Cover", "2031.1", (), {**said.values, **told}, untyped, said.message, said.notes)


def processes(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent processes by clause: a dozen, every ninth leaf clause without one, one that does not apply."""
    source = requirements(count, lengthen, swap).values
    names = ("Lead and review", "Plan risks, aspects and objectives", "Quote and agree orders", "Plate", "Coat",
             "Inspect and release", "Pack", "Buy and control providers", "Maintain plant and buildings",
             "Find, train and inform people", "Treat effluent, waste and emissions", "Audit")  # fmt: skip
    given = [
        {"id": f"p{at}", "name": name + " n" * round(20 * (lengthen - 1)), "owner": "" if at == 6 else "Ann"}
        for at, name in enumerate(names)
    ]
    leaves = []
    for at, clause in enumerate(one for one in source["clauses"] if one["leaf"]):
        marks = {f"p{(at * step) % 12}": mark for step, mark in ((7, "·"), (5, "S"), (1, "P"))} if at % 9 else {}
        leaves.append(
            {key: clause[key] for key in ("standard", "ref", "number", "title")}
            | {"marks": marks, "all": at == 27, "applies": at != 18}
        )
    counted = [one for one in leaves if one["applies"]]
    values = {
        "standards": source["standards"],
        "headings": {one["ref"]: one["title"] for one in source["clauses"]},
        "processes": given,
        "clauses": leaves,
        "n": sum(1 for one in counted if one["marks"] or one["all"]),
        "m": len(counted),
        "not_applicable": 1,
    }
    return Report("processes", "Processes", "2031.1", (), values, untyped, "an invented message", ("an invented note",))


def next90(count: int = 2, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent eleven actions that are due, some overdue, one without an owner, one of nobody's clause."""
    leaves = [one for one in requirements(count, lengthen, swap).values["clauses"] if one["leaf"]]
    standards = matrix(count, lengthen, swap).values["standards"]
    letters = {one["key"]: one["letter"] for one in standards}
    actions = []
    for at, clause in enumerate(leaves[:55:5]):
        own = at == 7
        actions.append(
            {
                "standard": "" if own else clause["standard"],
                "letter": "" if own else letters[clause["standard"]],
                "clause": "" if own else clause["number"],
                "text": f"See to it: {clause['title']}, and write down what came of it",
                "owner": "" if at == 2 else "Priya Nandakumar, operations manager",
                "severity": "Major" if at < 3 else "" if own else "Minor",
                "due": f"203{0 if at < 2 else 1}-0{1 + at % 3}-15",
                "progress": "Open",
                "overdue": at < 2,
            }
        )
    values = {
        "standards": standards, "date": "2031-01-02", "until": "2031-04-02", "actions": actions, "written": 20,
        "open": 15, "due": len(actions), "overdue": 2, "undated": 1, "unowned": 1,
    }  # fmt: skip
    return Report("next90", "Next 90 days", "2031.1", (), values, untyped, "an invented message", ("an invented note",))


def choice(count: int, lengthen: float, swap: dict[str, str] | None) -> Report:
    """Answer for two invented standards of which one criterion is known."""
    case = Case(given={"law": Given(3, 5, "Two notices")})
    return choose.analyse(small(), choose.Question((A, B), case))


REPORTS = {
    "cover": cover, "processes": processes, "next90": next90, "tree": requirements, "friends": friends,
    "timeline": timeline, "choice": choice,
}  # fmt: skip


def report_for(name: str, count: int, lengthen: float = 1.0, swap: dict[str, str] | None = None) -> Report:
    """Invent the report that a picture draws."""
    return REPORTS.get(name, matrix)(count, lengthen, swap)


def draw(name: str, report: Report, size: str = "16:9") -> tuple[Picture, ...]:
    """Draw a picture by its name."""
    pictures: tuple[Picture, ...] = importlib.import_module(f"imsmap.pictures.{name}").draw(report, SIZES[size])
    return pictures
