// Was a caller without a login let in? "Denied" has many faces (facts 15): 401, a redirect to the login page, a 200
// with an error in it; and a 200 alone proves nothing, because single-page apps give it to everything. Neither does a
// 404: without a login that works nobody knows whether the record is hidden or was never there, and a template like
// /invoices/{id} is asked for with an invented id.
#pragma once

#include "checks/net/httpclient.h"
#include "checks/web/privatedata.h"

#include <vector>

namespace cockpit {

enum class Admission {
    Denied,
    Allowed, // data came back
    Empty,   // an empty list or nothing: perhaps filtered
    Shell,   // what any address gets: the app's empty page
    Unclear, // something came back that does not tell
};
QString toWord(Admission value);

bool isPage(const HttpResponse &answer); // HTML, by its header or its beginning

// What invented addresses got, with the fingerprints of their words: taken once, compared with many answers.
class InventedAnswers
{
public:
    InventedAnswers() = default;
    InventedAnswers(std::vector<HttpResponse> answers); // NOLINT(google-explicit-constructor): it is the same list

    bool haveSame(const HttpResponse &answer) const; // status and every byte
    bool haveLike(const HttpResponse &answer) const; // status, and nine tenths of the words

private:
    std::vector<HttpResponse> m_answers;
    std::vector<std::uint64_t> m_words;
};

// baselines: answers to invented addresses on that host.
Admission admissionOf(const HttpResponse &answer, const InventedAnswers &baselines);

// The product says that nothing is there (RFC 9110 sections 15.5.5 and 15.5.11), or shows what any address gets. Of a
// refusal, a redirect or a failure nobody knows.
bool isNotThere(const HttpResponse &answer, const InventedAnswers &baselines);

} // namespace cockpit
