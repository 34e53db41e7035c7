#include "checks/actors/signupnotes.h"

namespace cockpit {

Result<void> SignUpNotes::begin(const Route &route, const QString &address)
{
    if (m_begun.contains(address))
        return {};
    auto note = m_notes.writeAccount(route, address);
    if (!note)
        return tl::unexpected<Error>(note.error());
    m_begun.emplace(address, Begun{std::move(*note)});
    return {};
}

void SignUpNotes::doubt(const QString &address)
{
    if (const auto begun = m_begun.find(address); begun != m_begun.end())
        begun->second.isInDoubt = true;
}

// What the gate does not let out was not sent.
void SignUpNotes::heard(const QString &address, const Error &none)
{
    if (none.kind != ErrorKind::NotPermitted)
        doubt(address);
}

// Whoever says when to come again did not carry it out (RFC 9110 section 15.6.4).
void SignUpNotes::heard(const QString &address, const HttpResponse &answer)
{
    const bool isHeldBack = answer.status == 503 && answer.header("retry-after");
    if (answer.status >= 500 && !isHeldBack)
        doubt(address);
}

void SignUpNotes::end(const QStringList &taken)
{
    for (const auto &[address, begun] : m_begun) {
        if (taken.contains(address)) {
            JournalEntry entry = begun.note->entry();
            entry.wasMade = true;
            begun.note->learn(entry);
        } else if (!begun.isInDoubt) {
            begun.note->strike();
        }
    }
}

} // namespace cockpit
