#include "app/practicecredentials.h"

#include "models/access/mailedlink.h"
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
        writeTyped(entry, value, std::move(done));
    else
        m_others.write(entry, value, std::move(done));
}

// What is written was made of what was read: links that the company had handed out then were typed by nobody, and are
// used up by the next run.
void PracticeCredentials::writeTyped(const QString &entry, const Secret &value, std::function<void(Result<void>)> done)
{
    const HoleValues handed = m_handedLinks.take(entry);
    const HoleValues links = mailedValuesOf(holeValuesOf(value));
    HoleValues notTyped;
    for (const auto &[name, link] : links) {
        const auto known = handed.find(name);
        if (known != handed.end() && known->second == link)
            notTyped.insert_or_assign(name, Secret());
    }
    if (notTyped.size() < links.size())
        m_hasTypedLinks.insert(entry);
    else
        m_hasTypedLinks.remove(entry);
    m_typed.write(entry, notTyped.empty() ? value : withMailedValues(value, notTyped), std::move(done));
}

std::optional<Secret> PracticeCredentials::askCompany(const QString &entry)
{
    std::optional<Secret> value = m_lookup(entry);
    if (value)
        m_handedLinks.insert(entry, mailedValuesOf(holeValuesOf(*value)));
    else
        m_handedLinks.remove(entry);
    return value;
}

void PracticeCredentials::read(const QString &entry, std::function<void(Result<Secret>)> done)
{
    if (!isOfPractice(entry))
        return m_others.read(entry, std::move(done));
    if (m_hasTypedLinks.contains(entry))
        return m_typed.read(entry, std::move(done));
    const std::optional<Secret> ofCompany = askCompany(entry);
    if (m_typed.holds(entry)) {
        const HoleValues links = m_handedLinks.value(entry);
        m_typed.read(entry, [links, done = std::move(done)](const Result<Secret> &typed) {
            done(typed && !links.empty() ? withMailedValues(*typed, links) : typed);
        });
    } else if (ofCompany) {
        done(*ofCompany);
    } else {
        done(failure(ErrorKind::NotFound,
                     Text::tr("It was in memory for a practice company that does not run any more.")));
    }
}

void PracticeCredentials::remove(const QString &entry, std::function<void(Result<void>)> done)
{
    if (!isOfPractice(entry))
        return m_others.remove(entry, std::move(done));
    m_hasTypedLinks.remove(entry);
    m_handedLinks.remove(entry);
    m_typed.remove(entry, std::move(done));
}

} // namespace cockpit
