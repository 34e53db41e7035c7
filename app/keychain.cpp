#include "app/keychain.h"

#include <QCoreApplication>

#include <qt6keychain/keychain.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

const QString &service()
{
    static const QString name = u"launch-cockpit"_s;
    return name;
}

Error missing(const QString &entry)
{
    return {ErrorKind::NotFound, Text::tr("The keychain holds nothing under \"%1\".").arg(entry)};
}

Error noKeychain(const QString &detail)
{
    return {ErrorKind::Unsupported,
            Text::tr("This computer has no keychain that can be used. Install GNOME Keyring or KWallet, or keep "
                     "credentials for this session only."),
            detail};
}

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return missing(job.key());
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorKind::NotPermitted, Text::tr("The keychain is locked or refused access. Unlock it and try again."),
                job.errorString()};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // what libsecret reports when no service answers on the bus
    case QKeychain::NoError:
        return noKeychain(job.errorString());
    }
    Q_UNREACHABLE();
}

void prepare(QKeychain::Job &job, const QString &entry)
{
    job.setAutoDelete(true);
    job.setInsecureFallback(false); // never a plain file
    job.setKey(entry);
}

} // namespace

void KeychainStore::write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    auto *job = new QKeychain::WritePasswordJob(service()); // deletes itself when it has finished
    prepare(*job, entry);
    job->setBinaryData(value.reveal());
    QObject::connect(job, &QKeychain::Job::finished, job, [done = std::move(done)](QKeychain::Job *finished) {
        finished->error() == QKeychain::NoError ? done({}) : done(tl::unexpected(errorOf(*finished)));
    });
    job->start();
}

void KeychainStore::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(service()); // deletes itself when it has finished
    prepare(*job, entry);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError)
            done(Secret(job->binaryData()));
        else
            done(tl::unexpected(errorOf(*job)));
    });
    job->start();
}

void KeychainStore::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    auto *job = new QKeychain::DeletePasswordJob(service()); // deletes itself when it has finished
    prepare(*job, entry);
    QObject::connect(job, &QKeychain::Job::finished, job, [done = std::move(done)](QKeychain::Job *finished) {
        finished->error() == QKeychain::NoError ? done({}) : done(tl::unexpected(errorOf(*finished)));
    });
    job->start();
}

void SessionCredentialStore::write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    m_values.insert(entry, value);
    done({});
}

void SessionCredentialStore::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    const auto found = m_values.constFind(entry);
    if (found == m_values.constEnd())
        done(tl::unexpected(missing(entry)));
    else
        done(*found);
}

void SessionCredentialStore::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    m_values.remove(entry); // like the keychain's: removing what is not there is no failure
    done({});
}

AvailableCredentialStore::AvailableCredentialStore() : m_keychainMissing(std::make_shared<bool>(false)) {}

void AvailableCredentialStore::probe()
{
    m_keychain.read(u"availability"_s, [missing = m_keychainMissing](const Result<Secret> &answer) {
        *missing = !answer && answer.error().kind == ErrorKind::Unsupported;
    });
}

CredentialStore &AvailableCredentialStore::current()
{
    if (*m_keychainMissing)
        return m_memory;
    return m_keychain;
}

void AvailableCredentialStore::write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    current().write(entry, value, std::move(done));
}

void AvailableCredentialStore::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    current().read(entry, std::move(done));
}

void AvailableCredentialStore::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    current().remove(entry, std::move(done));
}

} // namespace cockpit
