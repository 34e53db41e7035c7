// Texts that only one actor can see: what proves that an answer is of somebody else. A status code proves nothing
// (facts 0.2, 17).
#pragma once

#include "checks/net/httpclient.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QString>

#include <span>
#include <vector>

namespace cockpit {

struct TestActor;

enum class MarkerKind {
    Canary,   // planted by us: nobody else has it
    Mail,     // the address that the actor signs in with
    Identity, // the actor's own id or name, as "who am I" tells
    Record,   // an id that cannot be guessed
    Value,    // another text of the actor's records
};
QString toWord(MarkerKind value);

struct Marker
{
    QString text;
    MarkerKind kind = MarkerKind::Value;
    QString where; // the field it was seen in ("/items/*/note"); never a value

    bool operator==(const Marker &) const = default;
};

// Texts of at least this many characters: shorter ones stand in any answer by chance.
constexpr qsizetype kShortestMarker = 6;
constexpr size_t kMostMarkers = 400;

// The markers of one actor. Immutable.
class Markers
{
public:
    Markers() = default;
    explicit Markers(std::vector<Marker> markers) : m_markers(std::move(markers)) {}

    bool isEmpty() const { return m_markers.empty(); }
    const std::vector<Marker> &all() const { return m_markers; }

    // Those in the answer: in its text, as JSON or HTML may write it, and in its Location. Not those that stand in what
    // was sent (`sent`: address and body): many servers repeat what they were asked for, also when they refuse.
    std::vector<Marker> in(const HttpResponse &answer, const QByteArray &sent = {}) const;
    bool areIn(const HttpResponse &answer, const QByteArray &sent = {}) const { return !in(answer, sent).empty(); }

    Markers with(std::vector<Marker> more) const;
    // Without those that stand in one of the answers: what somebody else sees in the ordinary way is no secret.
    Markers without(std::span<const HttpResponse> seenByOthers) const;

private:
    std::vector<Marker> m_markers;
};

// What the actor's own answers hold that none of the others' answers does. `others`: what actors of other tenants and a
// stranger get on the same routes in the ordinary way, their own lists above all; without them shared content cannot be
// told from private content. Left out are values that change or that are of the product and not of a person: times,
// amounts, words of a fixed list (status, plan, role), time zones, addresses of pages, tokens.
Markers markersOf(const TestActor &actor, std::span<const HttpResponse> own, std::span<const HttpResponse> others);
// "Who am I" told that: as markersOf(), with the name or id as Identity.
Markers markersOf(const TestActor &actor, const QString &whoAmI, std::span<const HttpResponse> own,
                  std::span<const HttpResponse> others);

// How sure these are as a proof: a canary, a mail address or an identity proves; an id that cannot be guessed or two
// values are strong; one value is a lead; none is no proof at all (empty).
std::optional<Proof> proofOf(std::span<const Marker> found);

} // namespace cockpit
