"""A machine that pushes, tags, deletes and archives at random, and the laws that must hold.

It drives a `Client` of one repository: of Amazon ECR, of an emulation, or of a model of one's
own. After each step it looks at all images, and at the laws.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, CountType, LifecyclePolicy, RuleStorageClass
from ecrpolicy.snapshot import Image, Repository, StorageClass, TagMutability
from ecrpolicy.testing import strategies, whole_images
from ecrpolicy.testing.client import Archives, Client, Refused, Runs
from ecrpolicy.testing.laws import LAWS, Law
from ecrpolicy.testing.steps import ARCHIVED, RESTORED, Effect, Members, Step, Times, When
from ecrpolicy.testing.whole_images import WholeImage

__all__ = ["Archives", "Client", "Refused", "RegistryMachine", "Runs", "machine"]

_NUMBERS: Final = st.integers(0, 7)
_TAGS: Final = st.sampled_from(("v1", "v2", "prod"))
_DAYS: Final = st.sampled_from((1, 2, 3, 7, 90))
_POLICIES: Final = strategies.lifecycle_policies(max_rules=2, tags=_TAGS)

_NO_EFFECT: Final = Effect()
_NEW: Final[Members] = {
    "tags": (),
    "pushed_at": When.NOW,
    "storage_class": StorageClass.STANDARD,
    "archived_at": None,
    "activated_at": None,
}
# A referrer that is in the archive already goes there with its subject: its time may be new.
_AGAIN: Final[Members] = {**ARCHIVED, "archived_at": When.NOW_OR_BEFORE}

_Answer = TypeVar("_Answer")


class RegistryMachine(RuleBasedStateMachine):
    """The steps; a subclass says with `make_client` what is driven, and with `laws` what must hold.

    `images` are those that are there, by digest; `policy` and `mutability` what is set. What else
    is known is for the laws, which say what it is.
    """

    laws: ClassVar[tuple[Law, ...]] = LAWS

    def __init__(self) -> None:
        super().__init__()
        self.client = self.make_client()
        self.uploaded: set[str] = set()
        self.pushed: dict[str, WholeImage] = {}
        self.pulled: dict[str, Times | None] = {}
        self.followers: frozenset[str] = frozenset()
        self.mutability = TagMutability.MUTABLE
        self.policy: LifecyclePolicy | None = None
        self.images: Mapping[str, Image] = {}
        self.looked_at = self._now()

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

    def _look(self, effect: Effect = _NO_EFFECT) -> None:
        """Look at all images after a step, and hold what is found against the laws."""
        found = list(self.client.images())
        assert len({each.digest for each in found}) == len(found), "a digest stands twice"
        before, self.images = self.images, {each.digest: self._completed(each) for each in found}
        step = Step(
            before=before,
            after=self.images,
            effect=effect,
            mutability=self.mutability,
            pushed=self.pushed,
            followers=self.followers,
            pulled=self.pulled,
            times=self._passed(),
        )
        for law in self.laws:
            for complaint in law(step):
                raise AssertionError(f"{law.__name__}: {complaint}")

    def _now(self) -> datetime | None:
        return self.client.now() if isinstance(self.client, Runs) else None

    def _passed(self) -> Times | None:
        """The time since the last look, which a step takes."""
        earliest, self.looked_at = self.looked_at, self._now()
        if earliest is None or self.looked_at is None:
            return None
        return Times(earliest, self.looked_at)

    def _completed(self, image: Image) -> Image:
        """The image with what its manifest refers to, where that was left out."""
        pushed = self.pushed.get(image.digest)
        if pushed is None:
            return replace(image, repository=None)
        return replace(
            image,
            manifests=image.manifests or pushed.manifests,
            subject=image.subject or pushed.subject,
            repository=None,
        )

    def _repository(self) -> Repository:
        return Repository("web", tuple(self.images.values()), image_tag_mutability=self.mutability)

    def _chosen(self, number: int) -> Image:
        """One of the images that are there."""
        digests = sorted(self.images, key=list(self.pushed).index)
        return self.images[digests[number % len(digests)]]

    def _holder(self, tag: str) -> Image | None:
        return next((each for each in self.images.values() if tag in each.tags), None)

    def _referrers(self, digest: str) -> frozenset[str]:
        """The referrers of an image that are there, and theirs."""
        direct = {each for each in self.images if self.pushed[each].subject == digest}
        return frozenset(direct).union(*map(self._referrers, direct))

    def _asked(self, ask: Callable[[], _Answer], what: str) -> _Answer:
        """What the service must do."""
        try:
            return ask()
        except Refused as refused:
            raise AssertionError(f"the service must not refuse this: {what}: {refused}") from None

    def _refused(self, ask: Callable[[], object], what: str) -> None:
        """The service must refuse, and change nothing."""
        try:
            ask()
        except Refused:
            self._look(Effect(refused=what))
        else:
            raise AssertionError(f"the service must refuse this: {what}")

    # Pushing

    def _push(self, image: WholeImage, tag: str | None) -> None:
        self._upload(image)
        digest = image.digest
        holder = None if tag is None else self._holder(tag)
        is_held = holder is not None and holder.digest != digest
        if is_held and self.mutability is TagMutability.IMMUTABLE:
            self._refused(lambda: self._put(image, tag), f"the immutable `{tag}` would move")
            return
        members = self._members_of_push(digest, tag)
        if not members:
            # The service says that the image exists, which it does: both answers will do.
            with suppress(Refused):
                self._put(image, tag)
            self._look()
            return
        self.pushed[digest] = image
        if digest not in self.images:
            self.pulled.pop(digest, None)
            self.followers -= {digest}
        elif _is_archived(self.images[digest]):
            self._let_referrers_follow(digest)
        told = self._asked(lambda: self._put(image, tag), f"`{digest}` is pushed")
        assert told == digest, f"the image was pushed as `{digest}`, and came back as `{told}`"
        self._look(Effect(members))

    def _members_of_push(self, digest: str, tag: str | None) -> Mapping[str, Members]:
        """What a push changes: the image, and the one that loses its tag."""
        there = self.images.get(digest)
        members = _NEW if there is None else {}
        if there is not None and _is_archived(there):
            # Amazon ECR User Guide, "Pushing an image": the push restores it.
            members = RESTORED
        holder = None if tag is None else self._holder(tag)
        if tag is None or holder is there is not None:
            return {digest: members} if members else {}
        own = () if there is None else there.tags
        changed = {digest: {**members, "tags": (*own, tag)}}
        if holder is not None:
            changed[holder.digest] = {"tags": tuple(each for each in holder.tags if each != tag)}
        return changed

    def _let_referrers_follow(self, digest: str) -> None:
        self.followers |= self._referrers(digest)

    def _put(self, image: WholeImage, tag: str | None) -> str:
        return self.client.push(image.manifest, image.media_type, tag)

    def _upload(self, image: WholeImage) -> None:
        """Upload what the image refers to, but for what another has: what none has may be gone."""
        held = {digest for each in self.images for digest in self.pushed[each].content}
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

    @precondition(lambda self: self.images)
    @rule(numbers=st.lists(_NUMBERS, min_size=1, max_size=2), tag=st.none() | _TAGS)
    def push_index(self, numbers: list[int], tag: str | None) -> None:
        """Push an index of images that are there and no indexes."""
        found = {self._chosen(each).digest for each in numbers}
        children = [each for each in sorted(found) if not self.images[each].manifests]
        if children and all(
            self.images[each].storage_class is StorageClass.STANDARD for each in children
        ):
            self._push(whole_images.index([self.pushed[each] for each in children]), tag)

    @precondition(lambda self: self.images)
    @rule(number=_NUMBERS, tag=st.none() | _TAGS)
    def push_referrer(self, number: int, tag: str | None) -> None:
        """Push a referrer, such as a signature, of an image that is there."""
        subject = self._chosen(number)
        if subject.storage_class is StorageClass.STANDARD:
            self._push(whole_images.referrer(self.pushed[subject.digest]), tag)

    @precondition(lambda self: self.images)
    @rule(number=_NUMBERS, tag=_TAGS)
    def retag(self, number: int, tag: str) -> None:
        """Give an image that is there another tag, by pushing it again."""
        image = self._chosen(number)
        is_whole = self.images.keys() >= set(image.manifests or ())
        if is_whole and image.storage_class is StorageClass.STANDARD:
            self._push(self.pushed[image.digest], tag)

    # Pulling, deleting, archiving

    @precondition(lambda self: self.images)
    @rule(number=_NUMBERS)
    def pull(self, number: int) -> None:
        """Pull an image; one that is archived cannot be pulled."""
        image = self._chosen(number)
        if _is_archived(image):
            self._refused(lambda: self.client.pull(image.digest), "an archived image is pulled")
            return
        began = self._now()
        self._asked(lambda: self.client.pull(image.digest), f"`{image.digest}` is pulled")
        self._note_pull(image.digest, began)
        self._look()

    def _note_pull(self, digest: str, began: datetime | None) -> None:
        if began is None:
            self.pulled[digest] = None
            return
        earlier = self.pulled.get(digest)
        self.pulled[digest] = Times(began if earlier is None else earlier.earliest, began)

    @precondition(lambda self: self.images)
    @rule(number=_NUMBERS)
    def delete(self, number: int) -> None:
        """Delete an image; one that an index holds cannot be deleted."""
        digest = self._chosen(number).digest
        holders = [each for each in self.images.values() if digest in (each.manifests or ())]
        if not all(map(_is_archived, holders)):
            what = f"`{digest}` is deleted, a child that goes before its index"
            self._refused(lambda: self.client.delete(digest), what)
            return
        try:
            self.client.delete(digest)
        except Refused as refused:
            self._refused_for(holders, digest, refused)
        else:
            self._look_at_what_is_left(digest)

    def _refused_for(self, holders: Sequence[Image], digest: str, refused: Refused) -> None:
        """Whether archived indexes hold their children is not known; nothing else does."""
        what = f"`{digest}` is deleted"
        if not holders:
            raise AssertionError(f"the service must not refuse this: {what}: {refused}")
        self._look(Effect(refused=what))

    @rule(tag=_TAGS)
    def untag(self, tag: str) -> None:
        """Take a tag away, if some image has it; an image goes with its last one.

        Amazon ECR API Reference, "BatchDeleteImage".
        """
        holder = self._holder(tag)
        if holder is None:
            return
        left = tuple(each for each in holder.tags if each != tag)
        if not left and self._is_held(holder.digest):
            return
        self._asked(lambda: self.client.untag(tag), f"`{tag}` is taken away")
        if left:
            self._look(Effect({holder.digest: {"tags": left}}))
        else:
            self._look_at_what_is_left(holder.digest)

    def _is_held(self, digest: str) -> bool:
        return any(digest in (each.manifests or ()) for each in self.images.values())

    def _look_at_what_is_left(self, digest: str) -> None:
        """Look after an image was deleted; its referrers may be gone too, then or later."""
        self._let_referrers_follow(digest)
        self._look(Effect(gone=frozenset((digest,))))

    @precondition(lambda self: self.images and isinstance(self.client, Archives))
    @rule(number=_NUMBERS)
    def archive_or_restore(self, number: int) -> None:
        """Archive an image, or restore one that is archived; its referrers may follow."""
        assert isinstance(self.client, Archives)
        image = self._chosen(number)
        is_archived = _is_archived(image)
        move = self.client.restore if is_archived else self.client.archive
        what = f"`{image.digest}` is {'restored' if is_archived else 'archived'}"
        self._asked(lambda: move(image.digest), what)
        self._let_referrers_follow(image.digest)
        self._look(Effect({image.digest: RESTORED if is_archived else ARCHIVED}))

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
        """Run the policy: what a preview says goes or is archived, referrers among it, is all."""
        assert isinstance(self.client, Runs)
        effect = _NO_EFFECT
        if self.policy is not None:
            now = self.client.now()
            preview = lifecycle.evaluate(self.policy, self._repository(), now=now)
            marked = {each.image.digest for each in preview.results if not each.cascade}
            assert not self._too_young(marked), "what is younger than every limit goes"
            effect = _effect_of_run(preview)
        self.client.run()
        self._look(effect)

    @precondition(lambda self: self.images and isinstance(self.client, Runs))
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
            digest
            for digest in digests
            if self.client.now() - self.images[digest].pushed_at < least
        }


def _effect_of_run(preview: lifecycle.Preview) -> Effect:
    gone = [each.image.digest for each in preview.results if each.action is Action.EXPIRE]
    moved = [each.image for each in preview.results if each.action is Action.TRANSITION]
    return Effect(
        {each.digest: _AGAIN if _is_archived(each) else ARCHIVED for each in moved},
        frozenset(gone),
    )


def _is_archived(image: Image) -> bool:
    return image.storage_class is StorageClass.ARCHIVE


def machine(factory: Callable[[], Client]) -> type[RegistryMachine]:
    """The machine that drives clients of a factory, each of an empty repository.

    `machine(factory).TestCase` is a test; `run_state_machine_as_test` of Hypothesis runs it.
    """

    class Machine(RegistryMachine):
        def make_client(self) -> Client:
            return factory()

    return Machine
