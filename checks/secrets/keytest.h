// Whether a key still works: one question to its provider that reads and changes nothing. Off unless a person asks for
// this one key, having seen what is sent and where.
#pragma once

#include "checks/engine/keytester.h"
#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/secret.h"

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
    QStringList rules;           // of the kinds of key that it can tell of (leakrule.h, exposure/secretrules.h)
    QUrl url;                    // https; a GET that reads
    std::vector<Header> headers; // "{key}" is where the key goes
    QString liveMember;          // that the JSON of a working key has; "[]": an array
    QStringList deadErrors = {}; // values of "error" that say with status 200 that it does not work
    QStringList liveErrors = {}; // values of "name" that say with status 401 that it works, and may too little for this
    QStringList notFor =
        {}; // beginnings of keys of this provider that the question is not for: their refusal is no proof
};
// BadInput names the test and its member.
[[nodiscard]] Result<std::vector<KeyTest>> parseKeyTests(const QByteArray &json);
// Those that come with the program, read once.
const Result<std::vector<KeyTest>> &keyTests();
// Null: there is none for this kind of key.
const KeyTest *keyTestFor(const QString &ruleId, const std::vector<KeyTest> &tests);

// Only what the provider says in its own form counts: a page in HTML, 403, 429 and 5xx tell nothing of the key.
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
