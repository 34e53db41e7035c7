// Knocks at one entry point: fills in its body, fetches its form first where there is one. As nobody, or as a test
// account where the route wants one.
#pragma once

#include "checks/actors/actorsession.h"
#include "checks/actors/entrypoints.h"
#include "checks/actors/signinparts.h"

#include <optional>

namespace cockpit {

// What goes into the holes; without a value they are empty.
struct EntryValues
{
    QString user = {};
    Secret password = {};
    Secret token = {};
    HoleValues more = {}; // of the account's keychain entry
};

// Belongs to the worker of its wire. The entry point, the wire and the session outlive it.
class EntryCaller
{
public:
    EntryCaller(const EntryPoint &entry, Wire &wire, ActorSession *session = nullptr);

    const EntryPoint &entry() const { return m_entry; }
    // The form is fetched before the first request of a series alone (one request), its cookies are kept.
    [[nodiscard]] Result<ActiveRequest> request(const EntryValues &values);
    [[nodiscard]] Result<HttpResponse> ask(const EntryValues &values);
    [[nodiscard]] Result<HttpResponse> send(ActiveRequest request);
    // As somebody who comes for the first time: without cookies, with a form of its own.
    void forgetVisit();
    // What the visit has by now, and as somebody who was elsewhere before.
    const CookieJar &cookies() const { return m_jar; }
    void bring(const CookieJar &cookies) { m_jar = cookies; }

private:
    Result<void> readForm();

    const EntryPoint &m_entry;
    Wire &m_wire;
    ActorSession *const m_session;
    bool m_hasForm = false;
    CookieJar m_jar;
    std::vector<HiddenField> m_hidden;
    std::optional<CsrfToken> m_csrf;
};

// A redirect back to the form, or to the very address that was sent to: what pages do with a form that they do not
// take, whatever the status. Pure.
bool isSentBack(const EntryPoint &entry, const HttpResponse &answer);

// Why yes and no say nothing at this entry, as a sentence: an address beside it that nobody has is not refused. Empty
// when it is worth asking. One request.
[[nodiscard]] Result<QString> whyItTellsNothing(const EntryPoint &entry, Wire &wire, ActorSession *session = nullptr);

} // namespace cockpit
