"""The evaluation against the reference, and what must hold of every preview."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import LifecyclePolicy, Preview, Result
from ecrpolicy.lifecycle.ranking import pushed_time
from tests.cases import outcomes
from tests.property.strategies import policies, situations
from tests.reference import lifecycle as reference
from tests.situations import Situation


def previewed(policy: dict[str, Any], situation: Situation) -> Preview:
    """What a policy document does in a situation."""
    read = lifecycle.parse(policy)
    return lifecycle.evaluate(read, situation.repository(), now=situation.now)


def fates(results: Any) -> dict[str, Result]:
    """Results by digest."""
    return {result.image.digest: result for result in results}


@given(policy=policies(), situation=situations())
def test_the_preview_is_that_of_the_reference(policy: dict[str, Any], situation: Situation) -> None:
    expected = reference.evaluate(policy, situation.images, situation.now, situation.manifests)
    assert outcomes(previewed(policy, situation).results) == expected


@given(policy=policies(), situation=situations())
def test_an_image_has_one_result_at_most(policy: dict[str, Any], situation: Situation) -> None:
    digests = [result.image.digest for result in previewed(policy, situation).results]
    assert len(set(digests)) == len(digests)
    assert set(digests) <= {each["imageDigest"] for each in situation.images}


@given(policy=policies(), situation=situations())
def test_no_rule_acts_on_what_an_earlier_rule_identifies(
    policy: dict[str, Any], situation: Situation
) -> None:
    details = {each["imageDigest"]: each for each in situation.images}
    for result in previewed(policy, situation).results:
        if not result.cascade:
            image = details[result.image.digest]
            owners = [
                each["rulePriority"]
                for each in policy["rules"]
                if reference.identifies(each, image)
            ]
            assert result.rule_priority == min(owners)


@given(policy=policies(), situation=situations())
def test_older_images_go_first(policy: dict[str, Any], situation: Situation) -> None:
    order = [
        (pushed_time(result.image), result.image.digest)
        for result in previewed(policy, situation).results
    ]
    assert order == sorted(order)


@given(policy=policies(), situation=situations(), data=st.data())
def test_the_order_of_images_and_rules_makes_no_difference(
    policy: dict[str, Any], situation: Situation, data: st.DataObject
) -> None:
    shuffled = Situation(
        situation.now, data.draw(st.permutations(situation.images)), situation.manifests
    )
    turned = {"rules": policy["rules"][::-1]}
    assert list(previewed(turned, shuffled).results) == list(previewed(policy, situation).results)


@given(policy=policies(), situation=situations())
def test_a_later_rule_changes_nothing_for_images_that_have_an_owner(
    policy: dict[str, Any], situation: Situation
) -> None:
    """Without the last rule, whatever the others identify fares as before."""
    last = max(policy["rules"], key=reference.priority)
    others = [each for each in policy["rules"] if each is not last]
    assume(others)
    without = fates(previewed({"rules": others}, situation).results)
    with_it = fates(previewed(policy, situation).results)
    for each in situation.images:
        digest = each["imageDigest"]
        is_referrer = reference.subject(each, situation.images) is not None
        if not is_referrer and any(reference.identifies(rule, each) for rule in others):
            assert with_it.get(digest) == without.get(digest)
        elif digest in without:
            # A referrer, which no rule identifies, of a subject that an earlier rule owns.
            assert with_it[digest] == without[digest]


@given(policy=policies(), situation=situations())
def test_priorities_matter_by_their_order_alone(
    policy: dict[str, Any], situation: Situation
) -> None:
    stretched = {
        "rules": [each | {"rulePriority": each["rulePriority"] * 7} for each in policy["rules"]]
    }
    assert [
        result._replace(rule_priority=result.rule_priority * 7)
        for result in previewed(policy, situation).results
    ] == list(previewed(stretched, situation).results)


@given(policy=policies(), situation=situations())
def test_a_referrer_shares_the_fate_of_its_subject(
    policy: dict[str, Any], situation: Situation
) -> None:
    found = fates(previewed(policy, situation).results)
    for each in situation.images:
        subject = reference.subject(each, situation.images)
        if subject is None:
            assert each["imageDigest"] not in found or not found[each["imageDigest"]].cascade
        elif reference.last_subject(each, situation.images) is None:
            assert each["imageDigest"] not in found
        else:
            mine, its = found.get(each["imageDigest"]), found.get(subject["imageDigest"])
            assert (mine is None) is (its is None)
            if mine is not None and its is not None:
                assert mine.cascade
                assert (mine.action, mine.rule_priority, mine.cannot_tell) == (
                    its.action,
                    its.rule_priority,
                    its.cannot_tell,
                )


@given(policy=policies(), situation=situations())
def test_what_an_index_holds_stays(policy: dict[str, Any], situation: Situation) -> None:
    for result in previewed(policy, situation).results:
        details = next(
            each for each in situation.images if each["imageDigest"] == result.image.digest
        )
        held = reference.is_held(details, situation.images, situation.manifests)
        assert result.cascade or not held


@given(policy=policies(), situation=situations())
def test_children_that_become_known_settle_every_doubt(
    policy: dict[str, Any], situation: Situation
) -> None:
    """Indexes known to have no children change no result, but leave none in doubt."""
    told: dict[str, list[str]] = {
        each["imageDigest"]: [] for each in situation.images
    } | situation.manifests
    known = Situation(situation.now, situation.images, told)
    before, after = previewed(policy, situation).results, previewed(policy, known).results
    assert outcomes(after) == outcomes(result._replace(cannot_tell=False) for result in before)


@given(policy=policies(), situation=situations())
def test_an_untouched_storage_class_stays(policy: dict[str, Any], situation: Situation) -> None:
    """Without the rules for the archive, nothing that is archived goes but with a subject."""
    standard = [
        each for each in policy["rules"] if reference.rule_storage_class(each) == "standard"
    ]
    assume(standard)
    for result in previewed({"rules": standard}, situation).results:
        assert result.cascade or result.image.storage_class.value == "standard"


@given(policy=policies(), situation=situations())
def test_a_policy_written_and_read_again_does_the_same(
    policy: dict[str, Any], situation: Situation
) -> None:
    read = lifecycle.parse(policy)
    again = LifecyclePolicy.model_validate(read.document())
    repository = situation.repository()
    assert list(lifecycle.evaluate(read, repository, now=situation.now).results) == list(
        lifecycle.evaluate(again, repository, now=situation.now).results
    )
