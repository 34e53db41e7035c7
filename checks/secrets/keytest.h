// Whether a key still works: one question to its provider that reads and changes nothing. Off unless a person asks for
// this one key, having seen what is sent and where.
#pragma once

#include "checks/engine/keytester.h"
#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/secret.h"

#include <QJsonDocument>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <vector>

namespace cockpit {

// How one provider is asked (resources/rules/key-tests.json). The key stands in a header and never in the address,
// which servers on the way write into their logs.
struct KeyTest
{
    QString id;
    QStringList rules;           // of the kinds of key that it can tell of (leakrule.h)
    QUrl url;                    // https; a GET that reads
    std::vector<Header> headers; // "{key}" is where the key goes
    QString live;                // what the JSON of a working key says with status 200; "[]": it is an array
    // Each one a saying of the provider that means one thing (saysSo()). Dead: it does not work any more. Alive: it
    // works, and may too little for this question. A refusal in other words proves nothing: most providers answer 401
    // to a good key from an address that it is not for, or of another kind, too.
    QStringList dead = {};
    QStringList alive = {};
    QString named = {};        // stands before a key that is told by the name it is given to: "MISTRAL_API_KEY="
    bool onOwnServers = false; // the same keys are made by servers of one's own, which are not asked
};
// "error.code": the JSON has that member, members of members by dots, items of lists by numbers. "error.code=x": its
// text is x; "error.message=x*": it begins with x.
bool saysSo(const QJsonDocument &json, const QString &saying);
// BadInput names the test and its member.
[[nodiscard]] Result<std::vector<KeyTest>> parseKeyTests(const QByteArray &json);
// Those that come with the program, read once.
const Result<std::vector<KeyTest>> &keyTests();
// Null: there is none for this kind of key.
const KeyTest *keyTestFor(const QString &ruleId, const std::vector<KeyTest> &tests);

// Whether a text is a key of the rule's kind, and nothing else: the refusal of a mistyped or of another service's key
// says nothing of the one that is asked about.
[[nodiscard]] Result<bool> isOfKind(const KeyTest &test, const QString &ruleId, const QByteArray &key);

// Only what the provider says in its own words counts: a page in HTML, a bare 401, 403, 429 and 5xx tell nothing of
// the key.
KeyAnswer judgeKeyAnswer(const KeyTest &test, const HttpResponse &response);

// The question to the provider. The key is no part of its own key, so that the memory of a run does not hold it. Sent
// over a connection with a good certificate, or not at all. Errors: those of HttpGet; BadInput for what no header can
// carry.
struct KeyQuestion
{
    using Answer = KeyAnswer;
    KeyTest test;
    Secret secret;
    QString key() const { return test.id; }
    static int roundTrips() { return 2; }
};
[[nodiscard]] Result<KeyAnswer> probe(const KeyQuestion &question, ProbeContext &context);

// For the window; safe from any thread. fingerprintKey: what this machine's fingerprints are made with; asked for on
// the worker.
KeyTester keyTester(std::function<QByteArray()> fingerprintKey);

} // namespace cockpit
