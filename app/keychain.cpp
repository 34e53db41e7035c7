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
    return keychainError(job.error(), job.key(), job.errorString());
}

void prepare(QKeychain::Job &job, const QString &entry)
{
    job.setAutoDelete(true);
    job.setInsecureFallback(false); // never a plain file
    job.setKey(entry);
}

} // namespace

// On Linux libsecret says "access denied" of a keychain that is locked, and KWallet and macOS of a person who said no.
Error keychainError(int error, const QString &entry, const QString &detail)
{
    switch (static_cast<QKeychain::Error>(error)) {
    case QKeychain::EntryNotFound:
        return missing(entry);
    case QKeychain::AccessDenied:
        return {
            ErrorKind::NotPermitted,
            Text::tr("Your keychain is locked. Unlock it with its password (on most desktops the password you sign in "
                     "with: open “Passwords and Keys” or KWallet Manager), and then try again."),
            detail};
    case QKeychain::AccessDeniedByUser:
        return {
            ErrorKind::NotPermitted,
            Text::tr("Your keychain refused: this program was not allowed to use it. Try again and allow it. If you "
                     "are not asked any more, allow it in your keychain's own window."),
            detail};
    case QKeychain::CouldNotDeleteEntry:
        return {
            ErrorKind::NotPermitted,
            Text::tr("Your keychain would not delete the entry. Unlock it and try again, or delete the entry in your "
                     "keychain's own window."),
            detail};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // what libsecret reports when no service answers on the bus
    case QKeychain::NoError:
        return noKeychain(detail);
    }
    return noKeychain(detail);
}

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
        done(failure(ErrorKind::NotFound,
                     Text::tr("This value is not in memory: it was kept until the program ended, or in the keychain "
                              "that cannot be reached now.")));
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

void AvailableCredentialStore::write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    if (isSessionOnly())
        m_memory.write(entry, value, std::move(done));
    else
        m_keychain.write(entry, value, std::move(done));
}

void AvailableCredentialStore::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    if (*m_keychainMissing || m_memory.holds(entry))
        m_memory.read(entry, std::move(done));
    else
        m_keychain.read(entry, std::move(done));
}

void AvailableCredentialStore::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    if (*m_keychainMissing || m_memory.holds(entry))
        m_memory.remove(entry, std::move(done));
    else
        m_keychain.remove(entry, std::move(done));
}

} // namespace cockpit
