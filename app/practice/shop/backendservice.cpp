#include "app/practice/shop/backendservice.h"

#include "app/practice/shop/backendstate.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace backend {

Store newStore()
{
    const auto profile = [](int id, const QString &name, const QString &email) {
        return Row{id, {{u"id"_s, id}, {u"full_name"_s, name}, {u"email"_s, email}}};
    };
    const auto order = [](int id, int owner, const QString &what, int cents) {
        return Row{owner, {{u"id"_s, id}, {u"what"_s, what}, {u"total_cents"_s, cents}, {u"owner"_s, owner}}};
    };
    const auto message = [](int id, int owner, const QString &text) {
        return Row{owner, {{u"id"_s, id}, {u"text"_s, text}, {u"owner"_s, owner}}};
    };
    Store store;
    store.tables[u"profiles"_s] = {profile(1, u"Bella Reyes"_s, u"bella.reyes@birchbakery.example"_s),
                                   profile(5, u"Carla Mendes"_s, u"carla.mendes@cedarclinic.example"_s)};
    store.tables[u"orders"_s] = {order(11, 1, u"Wedding cake"_s, 48900), order(12, 5, u"Bandages"_s, 12900)};
    store.tables[u"messages"_s] = {message(21, 1, u"The oven is repaired on Friday."_s),
                                   message(22, 5, u"Please send the lab result again."_s)};
    return store;
}

QUrlQuery queryOf(const PageRequest &request)
{
    const qsizetype at = request.target.indexOf('?');
    return QUrlQuery(at < 0 ? QString() : QString::fromUtf8(request.target.mid(at + 1)));
}

} // namespace backend

namespace {

// The key that stands in the bundle of every such app: it says who made it and that its role is "anon".
QByteArray newPublicKey(const QByteArray &secret)
{
    const QJsonObject header{{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"JWT"_s}};
    const QJsonObject claims{
        {u"iss"_s, u"supabase"_s}, {u"ref"_s, u"harborledgerref"_s}, {u"role"_s, u"anon"_s}, {u"exp"_s, 2051222400}};
    const QByteArray text =
        shop::base64Url(shop::compactJson(header)) + '.' + shop::base64Url(shop::compactJson(claims));
    return text + '.' + shop::base64Url(shop::hmacSha256(secret, text));
}

} // namespace

BackendState::BackendState(BackendSetup given)
    : setup(std::move(given)),
      accounts(newPracticeAccounts()),
      keySecret(randomText(43)),
      publicKey(newPublicKey(keySecret)),
      firebaseKey("AI" + QByteArray("za") + randomText(35)),
      store(backend::newStore())
{
}

BackendService::BackendService(BackendSetup setup) : m_state(std::make_unique<BackendState>(std::move(setup))) {}
BackendService::~BackendService() = default;

PageReply BackendService::answer(const PageRequest &request)
{
    PageReply reply;
    {
        const std::lock_guard lock(m_state->lock);
        auto answer = backend::supabaseAnswer(*m_state, request);
        if (!answer)
            answer = backend::firebaseAnswer(*m_state, request);
        if (!answer)
            answer = backend::otherBackendAnswer(*m_state, request);
        reply = answer ? *answer : shop::errorReply(404, "not_found");
    }
    reply.add("X-Content-Type-Options", "nosniff");
    reply.add("Cache-Control", "private, no-store");
    m_state->journal.note(request, reply.status);
    return reply;
}

void BackendService::setUp(const BackendSetup &setup)
{
    const std::lock_guard lock(m_state->lock);
    m_state->setup.faults = setup.faults;
    m_state->setup.readableTables = setup.readableTables;
    m_state->setup.writableTables = setup.writableTables;
}

void BackendService::reset()
{
    const std::lock_guard lock(m_state->lock);
    m_state->store = backend::newStore();
    m_state->journal.clear();
}

QByteArray BackendService::publicKey() const
{
    return m_state->publicKey;
}

QByteArray BackendService::firebaseKey() const
{
    return m_state->firebaseKey;
}

QStringList BackendService::tables() const
{
    return {u"profiles"_s, u"orders"_s, u"messages"_s};
}

QByteArray BackendService::privateBucket() const
{
    return backend::kBucket;
}

const std::vector<PracticeAccount> &BackendService::accounts() const
{
    return m_state->accounts;
}

QByteArray BackendService::bundleLine(const QByteArray &origin) const
{
    return "const db = createClient(\"" + origin + "\", \"" + m_state->publicKey +
           "\"); db.from(\"profiles\"); db.from(\"orders\"); db.from(\"messages\");\n";
}

RequestJournal &BackendService::journal()
{
    return m_state->journal;
}

} // namespace cockpit
