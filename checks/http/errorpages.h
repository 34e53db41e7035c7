// http.error-pages: a failing page shows a plain message and no inner details.
// observed: url, status, headers{content-type}, "pages": [{"url","method","status","kind": "not_found"|"bad_request"|
// "wrong_method"|"front","leaks": [{"rule","kind"}]}], "held_back": how many requests got no answer, or one that says
// nothing about the product.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/errorleaks.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// How the page was brought to fail. All of it only reads, and none of it is more than a mistyped address would do.
enum class Provocation { NotFound, NotFoundInApi, BadRequest, WrongMethod, Front };
QString toWord(Provocation value);

struct ErrorAnswer
{
    Provocation how = Provocation::NotFound;
    QByteArray method = "GET";
    HttpResponse answer;
};

// What to ask of a host; word is an address that nobody uses.
struct ErrorQuestion
{
    Provocation how = Provocation::NotFound;
    HttpGet get;
};
std::vector<ErrorQuestion> errorQuestions(const Host &host, const QString &word);

Check errorPagesCheck();
// answers: not empty. unanswered: how many other questions got none.
Judged judgeErrorPages(const std::vector<ErrorAnswer> &answers, const std::vector<PageLeakRule> &rules,
                       int unanswered = 0);

} // namespace cockpit
