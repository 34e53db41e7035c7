#include "checks/engine/actorsecrets.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActorSecrets)
};

// Lives until its last answer: each call back holds it.
class Reading : public std::enable_shared_from_this<Reading>
{
public:
    Reading(CredentialStore &store, std::vector<TestActor> actors, std::vector<Credential> credentials,
            std::chrono::milliseconds patience, QObject *context, std::function<void(const ActorSecrets &)> done)
        : m_store(store),
          m_actors(std::move(actors)),
          m_credentials(std::move(credentials)),
          m_patience(patience),
          m_context(context),
          m_done(std::move(done))
    {
    }

    void next()
    {
        if (!m_context)
            return;
        if (m_at == m_actors.size())
            return m_done(std::exchange(m_secrets, {})); // the timers hold this for a while yet
        const QString &wanted = m_actors[m_at].credential;
        const auto known = std::ranges::find(m_credentials, wanted, &Credential::name);
        if (known == m_credentials.end())
            return take(m_at, failure(ErrorKind::NotFound, Text::tr("No credential is chosen for it.")));
        m_entry = known->keychainEntry;
        read(m_entry);
    }

private:
    void read(const QString &entry)
    {
        const auto answer = [self = shared_from_this(), at = m_at](const Result<Secret> &value) {
            self->take(at, value);
        };
        QTimer::singleShot(m_patience, m_context, [answer] {
            answer(failure(ErrorKind::TimedOut, Text::tr("The keychain did not answer. It may be waiting for its "
                                                         "password in another window.")));
        });
        m_store.read(QString(entry), answer);
    }

    void take(std::size_t at, const Result<Secret> &value)
    {
        if (!m_context || at != m_at) // too late
            return;
        if (value) {
            m_secrets.values.insert_or_assign(m_actors[at].id, *value);
            m_secrets.entries << m_entry;
        } else {
            m_secrets.missing.insert_or_assign(m_actors[at].id, whyMissing(m_actors[at], value.error()));
        }
        ++m_at;
        if (!value && value.error().kind == ErrorKind::TimedOut)
            giveUp(value.error());
        next();
    }

    void giveUp(const Error &error)
    {
        for (; m_at < m_actors.size(); ++m_at)
            m_secrets.missing.insert_or_assign(m_actors[m_at].id, whyMissing(m_actors[m_at], error));
    }

    CredentialStore &m_store;
    const std::vector<TestActor> m_actors;
    const std::vector<Credential> m_credentials;
    const std::chrono::milliseconds m_patience;
    const QPointer<QObject> m_context;
    const std::function<void(const ActorSecrets &)> m_done;
    std::size_t m_at = 0;
    QString m_entry; // that is being read
    ActorSecrets m_secrets;
};

} // namespace

void ActorSecrets::addTo(ActiveTerms &terms) const
{
    terms.secrets = values;
    terms.missingSecrets = missing;
}

void readActorSecrets(CredentialStore &store, const std::vector<TestActor> &actors,
                      const std::vector<Credential> &credentials, std::chrono::milliseconds patience, QObject *context,
                      std::function<void(const ActorSecrets &)> done)
{
    std::make_shared<Reading>(store, actors, credentials, patience, context, std::move(done))->next();
}

QString whyMissing(const TestActor &actor, const Error &error)
{
    return Text::tr("The test account \"%1\" cannot sign in: %2").arg(actor.name, error.message);
}

} // namespace cockpit
