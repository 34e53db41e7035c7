#include "app/practicecredentials.h"

#include "models/credentialkind.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

bool isOfPractice(const QString &entry)
{
    return kindOfEntry(entry) == CredentialKind::Practice;
}

} // namespace

PracticeCredentials::PracticeCredentials(CredentialStore &others, Lookup lookup)
    : m_others(others), m_lookup(std::move(lookup))
{
}

void PracticeCredentials::write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    if (isOfPractice(entry))
        m_typed.write(entry, value, std::move(done));
    else
        m_others.write(entry, value, std::move(done));
}

void PracticeCredentials::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    if (!isOfPractice(entry))
        m_others.read(entry, std::move(done));
    else if (m_typed.holds(entry))
        m_typed.read(entry, std::move(done));
    else if (auto value = m_lookup(entry))
        done(*value);
    else
        done(failure(ErrorKind::NotFound,
                     Text::tr("It was in memory for a practice company that does not run any more.")));
}

void PracticeCredentials::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    if (isOfPractice(entry))
        m_typed.remove(entry, std::move(done));
    else
        m_others.remove(entry, std::move(done));
}

} // namespace cockpit
