"""The nearest offer and the communes that a step does not reach, against every pair tried one by one (P-4, S-5)."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.pathways.gaps import Gap, GapState, Reach, asked_communes, gaps_of_step
from graph.pathways.nearest import nearest
from graph.pathways.pathway import StepPlace
from graph.search.communes import Commune
from graph.search.geography import Point, distance_km
from graph.search.territory import Extent, Level, Territory
from tests.pathways.made import a_commune, a_step, all_of, an_offer

DEGREES = st.tuples(
    st.floats(-85, 85, allow_subnormal=False).map(lambda x: round(x, 4)), st.floats(-180, 180, allow_subnormal=False).map(lambda x: round(x, 4))
)
PLACES = st.lists(DEGREES, max_size=8)
LYON, BOURG, PARIS = (45.76, 4.84), (46.2, 5.23), (48.86, 2.35)


@settings(deadline=None)
@given(PLACES, st.lists(st.lists(DEGREES, max_size=3), max_size=6))
def test_the_nearest_is_the_nearest_of_all_pairs(places: list[tuple[float, float]], offers: list[list[tuple[float, float]]]) -> None:
    placed = [an_offer(f"o{number}", *points).offer for number, points in enumerate(offers)]
    every = [[distance_km(Point(*place), point) for offer in placed for point in offer.points] for place in places]
    found = [None if one is None else round(one.km, 5) for one in nearest([Point(*place) for place in places], placed)]
    assert found == [round(min(one), 5) if one else None for one in every]


def test_of_two_offers_at_one_point_the_first_by_id_is_the_nearest() -> None:
    (found,) = nearest([Point(*LYON)], [an_offer("b", PARIS).offer, an_offer("a", PARIS).offer])
    assert found is not None
    assert (found.offer.id, round(found.km, 1)) == ("a", 392.5)


@settings(deadline=None)
@given(st.lists(DEGREES, max_size=6), st.lists(st.tuples(DEGREES, st.booleans()), max_size=6), st.floats(1, 20000))
def test_the_gaps_of_a_step_are_those_of_all_pairs(places: list[tuple[float, float]], offers: list[tuple[tuple[float, float], bool]], limit: float) -> None:
    here = [a_commune(f"{number:05}", place) for number, place in enumerate(places)]
    made = [an_offer(f"o{number}", point, sure=sure) for number, (point, sure) in enumerate(offers)]

    def reaches(place: tuple[float, float], certain: bool) -> bool:
        return any(distance_km(Point(*place), Point(*point)) <= limit for point, sure in offers if sure is certain)

    expected = {
        f"{number:05}": GapState.POSSIBLE if reaches(place, False) else GapState.NONE for number, place in enumerate(places) if not reaches(place, True)
    }
    found = gaps_of_step(Reach(a_step(), made, all_of(*here), limit), here, frozenset({"84"}))
    assert {gap.commune: gap.state for gap in found.gaps} == expected


def states(reach: Reach, *here: Commune) -> dict[str, str]:
    return {gap.commune: gap.state.value for gap in gaps_of_step(reach, here, frozenset({"84"})).gaps}


def test_a_commune_without_point_or_of_a_region_that_is_not_loaded_stands_apart() -> None:
    here = (a_commune("01001", BOURG), a_commune("01002", None), a_commune("75001", PARIS, "75", "11"))
    assert states(Reach(a_step(), [an_offer("o", LYON)], all_of(*here), 10), *here) == {"01001": "NONE", "01002": "UNPLACED", "75001": "NOT_LOADED"}
    assert states(Reach(a_step(), [an_offer("o", PARIS)], all_of(*here), 10), *here) == {"01001": "NONE", "01002": "UNPLACED"}


def test_gaps_are_asked_of_the_communes_of_a_postal_code_or_a_health_territory() -> None:
    here = (a_commune("01001", BOURG), replace(a_commune("69381", LYON, "69"), city="69123"), a_commune("75101", PARIS, "75", "11"))
    extent = Extent(communes=("69123",), departments=("75",), regions=frozenset({"84", "11"}), areas=())
    asked = Territory(Level.HEALTH_TERRITORY, "z", extent)
    assert [one.code for one in asked_communes(all_of(*here), asked, date(2026, 6, 1))] == ["69381", "75101"]


def test_a_team_reaches_its_areas_and_perhaps_what_lies_within_the_limit_of_a_base_without_one() -> None:
    here = (a_commune("01001", BOURG), a_commune("69001", LYON, "69"), a_commune("75001", PARIS, "75"))
    offers = [an_offer("told", PARIS, areas=["Department:69"]), an_offer("silent", BOURG, delivered=["01001"])]
    assert states(Reach(a_step(StepPlace.TEAM), offers, all_of(*here), 20), *here) == {"01001": "POSSIBLE", "75001": "NONE"}
    assert states(Reach(a_step(StepPlace.TEAM), offers, all_of(*here), None), *here) == {"01001": "POSSIBLE", "75001": "NONE"}


def test_a_team_that_may_meet_the_step_may_fill_its_area_alone() -> None:
    here = (a_commune("01001", BOURG), a_commune("69001", LYON, "69"))
    offers = [an_offer("perhaps", BOURG, sure=False, areas=["Department:69"])]
    assert states(Reach(a_step(StepPlace.HOME), offers, all_of(*here), 20), *here) == {"01001": "NONE", "69001": "POSSIBLE"}


def test_a_gap_names_the_nearest_offer_its_distance_and_the_border() -> None:
    here = (a_commune("01001", BOURG, population=900),)
    ((found),) = gaps_of_step(Reach(a_step(), [an_offer("o", LYON)], all_of(*here), 10), here, frozenset({"84"})).gaps
    assert isinstance(found, Gap)
    assert found.nearest is not None
    assert (found.nearest.id, found.nearest.distance_km, found.population, found.abroad_unknown) == ("o", 57.5, 900, True)


def test_a_merged_commune_is_none_from_its_last_day_and_a_city_is_told_by_its_arrondissements() -> None:
    merged = replace(a_commune("85165", None), valid_to=date(2018, 2, 28))
    city, part = a_commune("69123", LYON), replace(a_commune("69381", LYON), city="69123")
    every = all_of(merged, city, part)
    assert [[one.code for one in every.leaves(at)] for at in (date(2018, 2, 27), date(2018, 2, 28))] == [["85165", "69381"], ["69381"]]


def test_a_distance_that_passes_the_sea_says_so() -> None:
    ajaccio, bastia = (41.92, 8.74), (42.70, 9.45)
    here = (a_commune("2A004", ajaccio, "2A", "94"), a_commune("01001", BOURG))
    offers = [an_offer("hexagone", LYON, commune="69123"), an_offer("corse", bastia, commune="2B033", sure=False)]
    found = gaps_of_step(Reach(a_step(), offers, all_of(*here), 50.0), here, frozenset({"84", "94"}))
    assert {gap.commune: gap.nearest and gap.nearest.over_sea for gap in found.gaps} == {"2A004": True, "01001": False}
    near = gaps_of_step(Reach(a_step(), offers, all_of(*here), 120.0), here[:1], frozenset({"94"}))
    assert [gap.possible and (gap.possible.id, gap.possible.over_sea) for gap in near.gaps] == [("corse", False)]
