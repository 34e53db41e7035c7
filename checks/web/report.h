// How web checks put down what they saw: the fixed JSON facts of http.* and evidence.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <QByteArrayView>
#include <QJsonArray>

#include <initializer_list>

namespace cockpit {

// {"url","status","headers": {name: value}}: only the named headers that are there; several of one name are joined by
// line breaks. Names in lower case; values masked and cut.
QJsonObject observedOf(const HttpResponse &response, std::initializer_list<const char *> headers);
// The same for the end of a walk, with "chain": [{"url","status","location"}].
QJsonObject observedOf(const RedirectChain &chain, std::initializer_list<const char *> headers);
QJsonArray chainOf(const RedirectChain &chain);

// "GET https://…" and the response head.
Evidence evidenceOf(const HttpResponse &response);
// The hops of a walk, one line each.
Evidence evidenceOf(const RedirectChain &chain);

Finding makeFinding(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                    const QString &whatWeSaw);

// Text from a target made safe for a sentence: masked, without control characters, short.
QString quoted(const QByteArray &bytes, int maxLength = 160);

// Completes a judgement from its findings: the outcome, and the summary that says what was seen.
Judged concluded(std::vector<Finding> findings, const QString &summary, QJsonObject observed,
                 std::vector<Evidence> evidence);

// Where people sign in or work with data: a weakness there weighs more than on a page for visitors.
bool isSignedInRole(HostRole role);

} // namespace cockpit
