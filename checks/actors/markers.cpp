#include "checks/actors/markers.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canary.h"
#include "checks/actors/likeness.h"
#include "checks/actors/markertext.h"
#include "checks/actors/recordid.h"
#include "checks/actors/tabletexts.h"
#include "models/access/actor.h"
#include "models/jsonplaces.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void addOnce(std::vector<Marker> &markers, Marker marker)
{
    const auto known = std::ranges::find(markers, marker.text, &Marker::text);
    if (known == markers.end() && markers.size() < kMostMarkers)
        markers.push_back(std::move(marker));
}

// Every text of a JSON answer that may be of a person.
void collect(const QJsonValue &answer, std::vector<Marker> &markers)
{
    visitJsonLeaves(answer, [&](const JsonPlace &place) {
        const QString text = place.value.toString();
        if (const auto kind = markerKindOf(place.name, text))
            addOnce(markers, {text, *kind, place.path()});
        return markers.size() < kMostMarkers;
    });
}

void collectCells(const HttpResponse &answer, std::vector<Marker> &markers)
{
    for (const TableText &cell : tableTextsOf(answer)) {
        if (const auto kind = markerKindOf(cell.column, cell.text))
            addOnce(markers, {cell.text, *kind, u"table/"_s + cell.column});
    }
}

void collectCanaries(const HttpResponse &answer, std::vector<Marker> &markers)
{
    static const QRegularExpression canary(u"LC-CANARY-[A-Za-z0-9]{12}(?![A-Za-z0-9])"_s);
    const QString body = QString::fromUtf8(answer.body);
    for (auto it = canary.globalMatch(body); it.hasNext();)
        addOnce(markers, {it.next().captured(), MarkerKind::Canary, {}});
}

std::vector<Marker> ofAccount(const TestActor &actor, const QString &whoAmI)
{
    std::vector<Marker> markers;
    const QString user = actor.userName.trimmed();
    if (isMailLike(user))
        markers.push_back({user, MarkerKind::Mail, u"user"_s});
    else if (user.size() >= kShortestMarker && isTelling(user))
        markers.push_back({user, MarkerKind::Identity, u"user"_s});
    const QString name = whoAmI.trimmed();
    const bool isRandomId = idKindOf(name) && guessingOf(*idKindOf(name), name) == Guessing::Hopeless;
    if (isMailLike(name))
        addOnce(markers, {name, MarkerKind::Mail, u"who am i"_s});
    else if (name.size() >= kShortestMarker && (isRandomId || isTelling(name)))
        addOnce(markers, {name, MarkerKind::Identity, u"who am i"_s});
    return markers;
}

ManyTexts textsOf(const std::vector<Marker> &markers)
{
    std::vector<QString> texts;
    std::ranges::transform(markers, std::back_inserter(texts), &Marker::text);
    return ManyTexts(std::move(texts));
}

} // namespace

QString toWord(MarkerKind value)
{
    switch (value) {
    case MarkerKind::Canary:
        return u"canary"_s;
    case MarkerKind::Mail:
        return u"mail"_s;
    case MarkerKind::Identity:
        return u"identity"_s;
    case MarkerKind::Record:
        return u"record"_s;
    case MarkerKind::Value:
        return u"value"_s;
    }
    Q_UNREACHABLE();
}

std::vector<Marker> Markers::in(const HttpResponse &answer, const QByteArray &sent) const
{
    std::vector<Marker> found;
    if (m_markers.empty())
        return found;
    const AnswerText text = AnswerText::of(answer);
    const AnswerText asked = AnswerText::ofBytes(sent);
    const std::vector<bool> isHeld = text.held(textsOf(m_markers));
    for (std::size_t i = 0; i < m_markers.size(); ++i) {
        if (isHeld[i] && !asked.repeats(m_markers[i].text))
            found.push_back(m_markers[i]);
    }
    return found;
}

Markers Markers::with(std::vector<Marker> more) const
{
    std::vector<Marker> all = m_markers;
    for (Marker &marker : more)
        addOnce(all, std::move(marker));
    return Markers(std::move(all));
}

Markers Markers::without(std::span<const HttpResponse> seenByOthers) const
{
    std::vector<Marker> left = m_markers;
    for (const HttpResponse &answer : seenByOthers) {
        const std::vector<bool> isHeld = AnswerText::of(answer).held(textsOf(left));
        std::vector<Marker> unseen;
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (!isHeld[i])
                unseen.push_back(std::move(left[i]));
        }
        left = std::move(unseen);
    }
    return Markers(std::move(left));
}

Markers markersOf(const TestActor &actor, std::span<const HttpResponse> own, std::span<const HttpResponse> others)
{
    return markersOf(actor, {}, own, others);
}

Markers markersOf(const TestActor &actor, const QString &whoAmI, std::span<const HttpResponse> own,
                  std::span<const HttpResponse> others)
{
    std::vector<Marker> markers = ofAccount(actor, whoAmI);
    for (const HttpResponse &answer : own)
        collectCanaries(answer, markers);
    for (const HttpResponse &answer : own) {
        if (answer.status < 200 || answer.status >= 300) // an error speaks of the product
            continue;
        if (const auto json = jsonOf(answer))
            collect(*json, markers);
        else
            collectCells(answer, markers);
    }
    return Markers(std::move(markers)).without(others);
}

std::optional<Proof> proofOf(std::span<const Marker> found)
{
    const auto proves = [](const Marker &marker) {
        return marker.kind == MarkerKind::Canary || marker.kind == MarkerKind::Mail ||
               marker.kind == MarkerKind::Identity;
    };
    if (found.empty())
        return std::nullopt;
    if (std::ranges::any_of(found, proves))
        return Proof::Proven;
    const bool hasRecord = std::ranges::find(found, MarkerKind::Record, &Marker::kind) != found.end();
    return hasRecord || found.size() > 1 ? Proof::Strong : Proof::Lead;
}

} // namespace cockpit
