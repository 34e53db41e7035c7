// The attack of access.tenant-isolation: plants, asks, changes, looks again. One worker, one run.
#pragma once

#include "checks/access/belongings.h"
#include "checks/access/tenantisolation.h"
#include "checks/actors/recordsight.h"
#include "checks/actors/undolist.h"
#include "checks/actors/wiresocket.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cockpit {

// Records planted: each takes two requests to remove (kUndoRequests).
constexpr std::size_t kMostCanaries = 6;
// Kinds of records attacked in one run.
constexpr std::size_t kMostResources = 8;
// Of the crossings that succeed, so many of one kind of record are asked by a stranger as well.
constexpr int kStrangersEach = 4;

// For so many kinds of records the owner is asked for node(id), until one is answered.
constexpr qsizetype kMostNodeKinds = 3;

// By which a search takes its words.
constexpr std::array<const char16_t *, 4> kSearchNames{u"q", u"query", u"search", u"term"};

// The most requests that the look may send for these routes.
int crossingCeiling(const CrossingRoutes &routes, std::size_t canaries);

// Why addresses of GraphQL (CrossingRoutes::placesLeft) were not asked: a sentence.
QString whyNotAskedByGraphQl(const QStringList &places);
LookGap withoutIdsGap(const QStringList &routes); // CrossingRoutes::withoutIds

class CrossingLook
{
public:
    CrossingLook(const Look &look, CrossingRoutes routes, Askers askers, UndoList &undo);

    // An error when nothing could be learnt at all; what ends it later is in TenantLook::brokenOff.
    [[nodiscard]] Result<TenantLook> run();

private:
    struct Planted
    {
        CanaryPlan plan;
        Canary canary;
    };
    struct NotPlanted
    {
        CanaryPlan plan;
        QString why; // a sentence
    };
    // One who subscribes, while the connection stands.
    struct Listening
    {
        Subscriber seen;
        std::unique_ptr<WireSocket> socket; // null: not opened
        bool isBroken = false;              // what it sent could not be read to its end
    };
    struct Subscribing
    {
        const Route &route;
        const SocketScript &script;
    };

    void plant();
    bool isAnswered(const Route &list) const;
    void learnMarkers();
    const Planted *plantedFor(const QString &resource) const;
    Quarry quarryOf(const ResourceRoutes &routes, ResourceLook &result) const;
    bool mayPost(const Quarry &quarry);
    void attack(const ResourceRoutes &routes);
    bool readAsOwner(const Quarry &quarry, ResourceLook &result);
    bool isOpenAnyway(const Crossing &crossing, const ResourceLook &result) const;
    void cross(const Crossing &crossing, ResourceLook &result);
    void askMadeUp(const Quarry &quarry, ResourceLook &result);
    void writeBlindly(const Planted &planted, ResourceLook &result);
    std::optional<HttpResponse> showPlanted(const Planted &planted);
    static RecordSight sightOfPlanted(const Planted &planted, const HttpResponse &shown, const QString &newText);
    void seeWhatCameOf(BlindWrite &write, const Planted &planted, const QString &text);
    bool isThereFor(BlindWrite &write, const Planted &planted);
    std::optional<BlindWrite> blindWrite(const Route &route, const Planted &planted, const QString &text) const;
    void finish(BlindWrite &write, const Planted &planted, const QString &text, ResourceLook &result);
    void search();
    std::optional<HttpResponse> searchAsOwner(const Route &route, const QString &words, ActiveRequest &request);
    void question();
    void crossQuestion(const RouteSample &sample, const ActiveRequest &request, const HttpResponse &good,
                       ResourceLook &result);
    struct OwnersAnswer
    {
        std::optional<HttpResponse> good = {}; // with the owner's own texts
        bool hasContent = false;               // an answer came that is none of a refusal or an error
    };
    struct QuestionGaps
    {
        std::vector<Unseen> hides = {};
        QStringList names = {}; // for the sentence
    };
    void questionNode(const RouteSample &place, ResourceLook &result, QuestionGaps &gaps);
    OwnersAnswer questionAsOwner(const RouteSample &sample, ActiveRequest &request, QString &id);
    void leaveOutQuestions(QuestionGaps gaps);
    const Planted *plantedForMutation(const RouteSample &sample) const;
    void mutate();
    QString encodedForQuestions(const QString &resource) const;
    void askInvented();
    void control();
    bool verifyStillIn(ActorSession &session, const std::optional<GoodQuestion> &question);
    void trySockets();
    SocketTry trySocket(const Route &route);
    // null: as nobody. How long it is listened to; the messages that come are the answer's body.
    std::optional<SocketAnswer> openAs(ActorSession *session, const ActiveRequest &request,
                                       std::chrono::milliseconds listens);
    CrossSiteReach reachOfCookies(const std::function<ActiveRequest()> &foreign); // its opening from a foreign site
    QByteArray homeOrigin(const Host &host) const;
    QString idForSocket(const Route &route) const;
    void trySubscriptions();
    SubscriptionTry trySubscription(const SocketSubscription &subscription);
    const Planted *plantedNamedBy(const SocketSubscription &subscription) const;
    std::optional<SocketScript> scriptFor(const SocketSubscription &subscription, const Planted *planted) const;
    std::vector<NamedId> idsFor(const SocketScript &script, const Planted *planted) const;
    std::optional<ActiveRequest> handshakeFor(const Route &route, const SocketScript &script) const;
    std::optional<Listening> subscribe(ActorSession *session, const Subscribing &how, const std::vector<NamedId> &ids);
    void say(Listening &one, const Subscribing &how, const SocketWords &words);
    // Until that is so of a message, the deadline, or the end of the connection.
    void listen(Listening &one, Deadline until, const std::function<bool(const QByteArray &message)> &isEnough);
    void listenTogether(SubscriptionTry &result, const Subscribing &how, const std::vector<NamedId> &ids,
                        const Planted *planted, Listening &owner);
    static void takeEnd(Listening &one);
    void changeAndListen(SubscriptionTry &result, const Planted &planted, Listening &owner,
                         std::span<Listening *const> others);
    void hearOfChange(SubscriptionTry &result, Listening &owner, std::span<Listening *const> others,
                      const std::function<bool(const QByteArray &message)> &tells);
    QString newTextFor(const Canary &canary);
    // Empty: it cannot be changed.
    std::optional<ActiveRequest> changeOf(const Planted &planted, const QString &text) const;
    static QString sentenceOf(const UnsaidSocket &socket);
    void leaveOutTheRest();
    void leaveOutWrites(const CanaryPlan &plan, const QString &why);
    void leaveOutMutation(const RouteSample &sample, const QString &sentence);

    // Empty when no answer came; what ends the look is noted.
    std::optional<HttpResponse> ask(ActorSession &session, const ActiveRequest &request);
    std::optional<HttpResponse> askAsNobody(const ActiveRequest &request);
    std::optional<HttpResponse> noted(Result<HttpResponse> answer);
    void noteEnd(const Error &error);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    const CrossingRoutes m_routes;
    Askers m_askers;
    UndoList &m_undo;
    Belongings m_known;
    std::vector<Planted> m_planted;
    std::vector<NotPlanted> m_notPlanted;
    int m_changes = 0; // of test records, by newTextFor()
    TenantLook m_result;
};

} // namespace cockpit
