#include "checks/secrets/peoplehits.h"

#include "checks/secrets/gitpeople.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/structureobject.h"

#include <algorithm>

namespace cockpit {

namespace {

std::string_view viewOf(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<size_t>(bytes.size())};
}

} // namespace

void PeopleHits::add(const BlobText &text, std::vector<SecretHit> hits)
{
    if (hits.empty())
        return;
    for (SecretHit &hit : hits) {
        hit.line = 1;
        hit.column = 1;
    }
    const HitOrigin met{.object = text.id, .kind = text.kind};
    const std::lock_guard lock(m_mutex);
    if (m_people.size() < HistoryScan::kMostValues)
        m_people.emplace(viewOf(text.bytes), Person{.met = met, .hits = std::move(hits)});
    else
        m_ledger.add(met, hits); // which keeps count
}

void PeopleHits::placeIn(const QByteArray &id, git_odb *odb)
{
    git_oid parsed;
    GitOdbObject object;
    if (git_oid_fromstr(&parsed, id.constData()) < 0 || readStructure(odb, parsed, object) < 0)
        return;
    const QByteArrayView bytes(static_cast<const char *>(git_odb_object_data(object.get())),
                               static_cast<qsizetype>(git_odb_object_size(object.get())));
    std::vector<const Person *> seen; // most who write a commit commit it, too
    forEachPerson(bytes, [&](BlobKind role, QByteArrayView text) {
        const auto known = m_people.find(viewOf(text));
        if (known == m_people.end() || std::ranges::find(seen, &known->second) != seen.end())
            return;
        Person &person = known->second;
        seen.push_back(&person);
        person.isPlaced = true;
        std::vector<SecretHit> hits = person.hits;
        m_ledger.add({.object = id, .kind = role}, hits);
    });
}

void PeopleHits::place(const BlobWalk &walk, git_odb *odb, const CancelToken &cancel)
{
    if (m_people.empty())
        return;
    for (const auto &ids : {walk.commits(), walk.tags()}) {
        for (const QByteArray &id : ids) {
            if (cancel.isCancelled())
                break;
            placeIn(id, odb);
        }
    }
    for (auto &[text, person] : m_people) {
        if (!person.isPlaced)
            m_ledger.add(person.met, person.hits);
    }
}

} // namespace cockpit
