"""Who speaks and what there is to read: lists that staff and source both add to, so each entry is compared by itself."""

from conference.translated import all_languages_of
from programme.imports.saving import Saving
from sessions.models import Material
from speakers.models import Speaker


def new_speakers(saving: Saving, said, session):
    pks = dict.fromkeys(pk for key in said["people"] if (pk := saving.pk_of("person", key)))
    return [Speaker(session=session, person_id=pk, position=position) for position, pk in enumerate(pks)]


def new_materials(saving: Saving, materials, session, first=0):
    column = saving.column("title")
    return [
        Material(session=session, link=link, kind=kind, position=position, **{column: title})
        for position, (link, title, kind) in enumerate(materials, first)
    ]


def update_people(saving: Saving, before, now, session) -> list[str]:
    """["people"] if the list changed. Whom staff have added stays; whom staff have taken off comes back only if the source adds them again."""
    if before == now:
        return []
    uuids = {
        imported.key: imported.target
        for imported in (*saving.known["person"], *saving.made)
        if imported.kind == "person"
    }
    gone = {uuids.get(key) for key in before if key not in now}
    changed = [remove(saving, speaker, session) for speaker in session.speakers.all() if speaker.person.uuid in gone]
    speakers = {speaker.person_id: speaker for speaker in session.speakers.all() if speaker.person.uuid not in gone}
    moderators = {moderator.person_id for moderator in session.moderators.all()}
    position = 0
    for key in now:
        pk = saving.pk_of("person", key)
        if key not in before and pk and pk not in speakers and pk not in moderators:
            speakers[pk] = Speaker.objects.create(session=session, person_id=pk, position=position)
            changed.append(True)
        position = speakers[pk].position if pk in speakers else position
    changed += reorder(before, now, [speakers.get(saving.pk_of("person", key)) for key in now])
    return ["people"] if changed else []


def remove(saving, speaker, session):
    words = next(iter(all_languages_of(speaker, "contribution").values()), "")
    if words:
        saving.report.overwritten.append((str(session), "people", f"{speaker.person.name}: {words}"))
    speaker.delete()
    return True


def reorder(before, now, speakers):
    """Put the speakers into the source's order, where the source has changed it."""
    if [key for key in before if key in now] == [key for key in now if key in before]:
        return []
    speakers = [speaker for speaker in speakers if speaker]
    for position, speaker in enumerate(speakers):
        speaker.position = position
        speaker.save(update_fields=["position", "changed_at"])
    return speakers


def update_materials(saving: Saving, before, now, session) -> list[str]:
    """["materials"] if any material was added, changed or taken away."""
    if before == now:
        return []
    old, new = ({link: (title, kind) for link, title, kind in materials} for materials in (before, now))
    ours = {material.link: material for material in session.materials.all() if material.link}
    changed = [ours[link].delete() for link in old if link not in new and link in ours]
    added = [[link, *words] for link, words in new.items() if link not in old and link not in ours]
    made = new_materials(
        saving, added, session, first=max((material.position for material in ours.values()), default=-1) + 1
    )
    Material.objects.bulk_create(made)
    for link in [link for link in new if link in old and link in ours]:
        before_said = dict(zip((saving.column("title"), "kind"), old[link], strict=True))
        said = dict(zip((saving.column("title"), "kind"), new[link], strict=True))
        changed += saving.update(ours[link], before_said, said, str(session))
    return ["materials"] if changed or made else []
