"""A machine that pushes, tags, deletes and archives at random, and the laws that must hold.

It drives a `Client` of one repository: of Amazon ECR, of an emulation, or of a model of one's
own. After each step it looks at all images, and at the laws.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, CountType, LifecyclePolicy, RuleStorageClass
from ecrpolicy.snapshot import Image, Repository, StorageClass, TagMutability
from ecrpolicy.testing import strategies, whole_images
from ecrpolicy.testing.client import Archives, Client, Refused, Runs
from ecrpolicy.testing.whole_images import WholeImage

__all__ = ["Archives", "Client", "Refused", "RegistryMachine", "Runs", "machine"]

_NUMBERS: Final = st.integers(0, 7)
_TAGS: Final = st.sampled_from(("v1", "v2", "prod"))
_DAYS: Final = st.sampled_from((1, 2, 3, 7, 90))
_POLICIES: Final = strategies.lifecycle_policies(max_rules=2, tags=_TAGS)


class RegistryMachine(RuleBasedStateMachine):
    """The steps and the laws; a subclass says with `make_client` what is driven.

    `before` and `after` are the images as they were before and after the last step, by digest;
    `may_go` are those that it may have taken away, `policy` and `mutability` what is set.
    """

    def __init__(self) -> None:
        super().__init__()
        self.client = self.make_client()
        self.uploaded: set[str] = set()
        self.pushed: dict[str, WholeImage] = {}
        self.mutability = TagMutability.MUTABLE
        self.policy: LifecyclePolicy | None = None
        self.before: Mapping[str, Image] = {}
        self.after: Mapping[str, Image] = {}
        self.may_go: frozenset[str] = frozenset()

    def make_client(self) -> Client:
        """A client of an empty repository."""
        raise NotImplementedError("say in `make_client` what is tested")

    def knows(self, policy: LifecyclePolicy) -> bool:
        """Whether what is driven knows all that stands in a policy; others are not put.

        Override it for an emulation that is behind. Without an archive, none is spoken of.
        """
        return isinstance(self.client, Archives) or all(
            each.action.type is Action.EXPIRE
            and each.selection.storage_class is RuleStorageClass.STANDARD
            for each in policy.rules
        )

    # What is known

    def _look(self, may_go: frozenset[str] = frozenset()) -> None:
        """Look at all images after a step, and keep what was there before."""
        found = list(self.client.images())
        assert len({each.digest for each in found}) == len(found), "a digest stands twice"
        self.before, self.may_go = self.after, may_go
        self.after = {each.digest: self._completed(each) for each in found}

    def _completed(self, image: Image) -> Image:
        """The image with what its manifest refers to, in a repository without a name."""
        pushed = self.pushed.get(image.digest)
        children = () if pushed is None else pushed.manifests
        return replace(image, manifests=children, repository=None)

    def _repository(self) -> Repository:
        return Repository("web", tuple(self.after.values()), image_tag_mutability=self.mutability)

    def _chosen(self, number: int) -> Image:
        """One of the images that are there."""
        digests = sorted(self.after, key=list(self.pushed).index)
        return self.after[digests[number % len(digests)]]

    def _holder(self, tag: str) -> Image | None:
        return next((each for each in self.after.values() if tag in each.tags), None)

    def _refused(self, asked: Callable[[], object], why: str) -> None:
        """The service must refuse, and change nothing."""
        try:
            asked()
        except Refused:
            self._look()
            is_same = _settled(self.after) == _settled(self.before)
            assert is_same, f"a request was refused, and took effect: {why}"
        else:
            raise AssertionError(f"the service must refuse this: {why}")

    # Pushing

    def _push(self, image: WholeImage, tag: str | None) -> None:
        self._upload(image)
        digest = image.digest
        holder = None if tag is None else self._holder(tag)
        is_held = holder is not None and holder.digest != digest
        if is_held and self.mutability is TagMutability.IMMUTABLE:
            self._refused(lambda: self._put(image, tag), f"the immutable `{tag}` would move")
            return
        there = self.after.get(digest)
        if there is not None and (tag is None or tag in there.tags):
            # The service says that the image exists, which it does: both answers will do.
            with suppress(Refused):
                self._put(image, tag)
        else:
            self.pushed[digest] = image
            told = self._put(image, tag)
            assert told == digest, f"the image was pushed as `{digest}`, and came back as `{told}`"
        self._look()
        assert digest in self.after, f"`{digest}` was pushed and is not there"
        assert tag is None or tag in self.after[digest].tags, f"`{tag}` was pushed elsewhere"

    def _put(self, image: WholeImage, tag: str | None) -> str:
        return self.client.push(image.manifest, image.media_type, tag)

    def _upload(self, image: WholeImage) -> None:
        """Upload what the image refers to, but for what another has: what none has may be gone."""
        held = {digest for each in self.after for digest in self.pushed[each].content}
        for digest, content in image.content.items():
            if digest in held:
                continue
            try:
                self.client.upload(content)
            except Refused:
                assert digest in self.uploaded, "content was refused that cannot be there"
            self.uploaded.add(digest)

    @rule(number=_NUMBERS, tag=st.none() | _TAGS)
    def push(self, number: int, tag: str | None) -> None:
        """Push an image, a new one or one that has been pushed before."""
        self._push(whole_images.image(number), tag)

    @precondition(lambda self: self.after)
    @rule(numbers=st.lists(_NUMBERS, min_size=1, max_size=2), tag=st.none() | _TAGS)
    def push_index(self, numbers: list[int], tag: str | None) -> None:
        """Push an index of images that are there and no indexes."""
        found = {self._chosen(each).digest for each in numbers}
        children = [each for each in sorted(found) if not self.after[each].manifests]
        if children and all(
            self.after[each].storage_class is StorageClass.STANDARD for each in children
        ):
            self._push(whole_images.index([self.pushed[each] for each in children]), tag)

    @precondition(lambda self: self.after)
    @rule(number=_NUMBERS, tag=_TAGS)
    def retag(self, number: int, tag: str) -> None:
        """Give an image that is there another tag, by pushing it again."""
        image = self._chosen(number)
        if image.storage_class is StorageClass.STANDARD:
            self._push(self.pushed[image.digest], tag)

    # Pulling, deleting, archiving

    @precondition(lambda self: self.after)
    @rule(number=_NUMBERS)
    def pull(self, number: int) -> None:
        """Pull an image; one that is archived cannot be pulled."""
        image = self._chosen(number)
        if image.storage_class is StorageClass.STANDARD:
            self.client.pull(image.digest)
            self._look()
        else:
            self._refused(lambda: self.client.pull(image.digest), "an archived image is pulled")

    @precondition(lambda self: self.after)
    @rule(number=_NUMBERS)
    def delete(self, number: int) -> None:
        """Delete an image; one that an index holds cannot be deleted."""
        digest = self._chosen(number).digest
        holders = [each for each in self.after.values() if digest in (each.manifests or ())]
        if any(each.storage_class is not StorageClass.ARCHIVE for each in holders):
            self._refused(lambda: self.client.delete(digest), "a child goes before its index")
            return
        if holders:
            with suppress(Refused):  # of archived indexes, nothing is known
                self.client.delete(digest)
            self._look(frozenset((digest,)))
            return
        self.client.delete(digest)
        self._look(frozenset((digest,)))
        assert digest not in self.after, f"`{digest}` was deleted and is there"

    @rule(tag=_TAGS)
    def untag(self, tag: str) -> None:
        """Take a tag away, if some image has it; an image goes with its last one.

        Amazon ECR API Reference, "BatchDeleteImage".
        """
        holder = self._holder(tag)
        if holder is None or self._is_held(holder.digest):
            return
        self.client.untag(tag)
        is_last = holder.tags == (tag,)
        self._look(frozenset((holder.digest,)) if is_last else frozenset())
        assert self._holder(tag) is None, f"`{tag}` was taken away and is there"
        assert is_last != (holder.digest in self.after), "an image goes with its last tag alone"

    def _is_held(self, digest: str) -> bool:
        return any(digest in (each.manifests or ()) for each in self.after.values())

    @precondition(lambda self: self.after and isinstance(self.client, Archives))
    @rule(number=_NUMBERS)
    def archive_or_restore(self, number: int) -> None:
        """Archive an image, or restore one that is archived; it stays what it is."""
        assert isinstance(self.client, Archives)
        image = self._chosen(number)
        archived, standard = StorageClass.ARCHIVE, StorageClass.STANDARD
        if image.storage_class is standard:
            self.client.archive(image.digest)
        else:
            self.client.restore(image.digest)
        self._look()
        expected = archived if image.storage_class is standard else standard
        found = self.after.get(image.digest)
        assert found is not None, f"`{image.digest}` was moved and is gone"
        assert found.storage_class is expected, f"`{image.digest}` was not moved"
        assert set(found.tags) == set(image.tags), "an image lost tags on its way"

    # Settings and time

    @rule(mutability=st.sampled_from((TagMutability.IMMUTABLE, TagMutability.MUTABLE)))
    def set_mutability(self, mutability: TagMutability) -> None:
        """Make tags mutable or immutable."""
        self.client.set_mutability(mutability)
        self._look()
        self.mutability = mutability

    @rule(policy=_POLICIES)
    def put_lifecycle_policy(self, policy: LifecyclePolicy) -> None:
        """Give the repository a lifecycle policy, which does nothing until it is run."""
        if not self.knows(policy):
            return
        self.client.put_lifecycle_policy(json.dumps(policy.document()))
        self._look()
        self.policy = policy

    @precondition(lambda self: self.policy is not None)
    @rule()
    def delete_lifecycle_policy(self) -> None:
        """Take the lifecycle policy away."""
        self.client.delete_lifecycle_policy()
        self._look()
        self.policy = None

    @precondition(lambda self: isinstance(self.client, Runs))
    @rule(days=_DAYS)
    def let_time_pass(self, days: int) -> None:
        """Let days pass, in which nothing happens by itself."""
        assert isinstance(self.client, Runs)
        self.client.advance(timedelta(days=days))
        self._look()

    @precondition(lambda self: isinstance(self.client, Runs))
    @rule()
    def run_the_policy(self) -> None:
        """Run the policy: what a preview says goes is gone, and the rest stays as it is."""
        assert isinstance(self.client, Runs)
        now = self.client.now()
        gone: set[str] = set()
        archived: set[str] = set()
        if self.policy is not None:
            preview = lifecycle.evaluate(self.policy, self._repository(), now=now)
            for result in preview.results:
                found = gone if result.action is Action.EXPIRE else archived
                found.add(result.image.digest)
            assert not self._too_young(gone | archived), "what is younger than every limit goes"
        self.client.run()
        self._look(frozenset(gone))
        assert not gone & self.after.keys(), "a preview says that an image goes, and it stays"
        for digest, image in self.before.items():
            if digest in gone:
                continue
            assert digest in self.after, "a preview says that an image stays, and it goes"
            is_archived = self.after[digest].storage_class is StorageClass.ARCHIVE
            was_archived = image.storage_class is StorageClass.ARCHIVE
            assert is_archived is (was_archived or digest in archived), "a preview says otherwise"

    @precondition(lambda self: self.after and isinstance(self.client, Runs))
    @rule(policy=_POLICIES, days=_DAYS)
    def live_under_a_policy(self, policy: LifecyclePolicy, days: int) -> None:
        """A policy is put, days pass, and it is run: steps that seldom meet by chance."""
        self.put_lifecycle_policy(policy=policy)
        self.let_time_pass(days=days)
        self.run_the_policy()

    def _too_young(self, digests: set[str]) -> set[str]:
        """Those of the images that no limit in days has passed, where all limits are days."""
        assert self.policy is not None
        assert isinstance(self.client, Runs)
        selections = [each.selection for each in self.policy.rules]
        if any(each.count_type is CountType.IMAGE_COUNT_MORE_THAN for each in selections):
            return set()
        least = timedelta(days=min(each.count_number for each in selections))
        return {
            digest for digest in digests if self.client.now() - self.after[digest].pushed_at < least
        }

    # The laws

    @invariant()
    def each_tag_is_on_one_image(self) -> None:
        """No two images of a repository have the same tag."""
        tags = Counter(tag for image in self.after.values() for tag in image.tags)
        assert not [tag for tag, number in tags.items() if number > 1], "a tag is on two images"

    @invariant()
    def immutable_tags_do_not_move(self) -> None:
        """A tag that is immutable stays where it is, as long as it is there at all."""
        if self.mutability is not TagMutability.IMMUTABLE:
            return
        was = {tag: digest for digest, image in self.before.items() for tag in image.tags}
        for digest, image in self.after.items():
            for tag in image.tags:
                assert was.get(tag, digest) == digest, f"the immutable `{tag}` has moved"

    @invariant()
    def nothing_goes_by_itself(self) -> None:
        """An image goes when it is deleted, or when a run expires it, and not else."""
        gone = self.before.keys() - self.after.keys() - self.may_go
        assert not gone, "an image went by itself"

    @invariant()
    def nothing_comes_by_itself(self) -> None:
        """Every image has been pushed, and its digest is that of its manifest."""
        assert self.after.keys() <= self.pushed.keys(), "an image is there that nobody pushed"

    @invariant()
    def children_stay_while_their_index_stands(self) -> None:
        """An index that is not archived has all its children."""
        for image in self.after.values():
            if image.storage_class is not StorageClass.ARCHIVE:
                assert self.after.keys() >= set(image.manifests or ()), "a child went first"

    @invariant()
    def times_do_not_go_back(self) -> None:
        """An image stays pushed when it was, and its last pull is never an earlier one."""
        for digest in self.before.keys() & self.after.keys():
            old, new = self.before[digest], self.after[digest]
            assert new.pushed_at == old.pushed_at, "an image was pushed at another time before"
            was, now = old.pulled_at, new.pulled_at
            assert was is None or (now is not None and now >= was), "a pull was forgotten"


def _settled(images: Mapping[str, Image]) -> Mapping[str, Image]:
    """The images without what the service notes of them when it comes to it.

    Amazon ECR API Reference, "ImageDetail", `lastRecordedPullTime`; scans take their time too.
    """
    return {
        digest: replace(image, pulled_at=None, scanned_at=None) for digest, image in images.items()
    }


def machine(factory: Callable[[], Client]) -> type[RegistryMachine]:
    """The machine that drives clients of a factory, each of an empty repository.

    `machine(factory).TestCase` is a test; `run_state_machine_as_test` of Hypothesis runs it.
    """

    class Machine(RegistryMachine):
        def make_client(self) -> Client:
            return factory()

    return Machine
