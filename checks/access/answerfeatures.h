// What of an answer could tell two accounts apart, without what is different in every answer. Pure.
#pragma once

#include "checks/net/httpclient.h"

#include <QString>

#include <map>

namespace cockpit {

struct AnswerFeatures
{
    int status = 0;
    QString location; // path and names of the query
    QString headers;  // names, sorted
    QString cookies;  // names, sorted
    QString body;     // numbers, times, tokens and the submitted name put out of it

    bool operator==(const AnswerFeatures &) const = default;
};

// submitted: the address of mail or name that was sent, which comes back in many answers.
AnswerFeatures featuresOf(const HttpResponse &answer, const QString &submitted);

// The same answer in its small parts, each under a name: "location/path", "location/?error", "headers/x-user",
// "cookies/sid", "body//error/code" of JSON, "body/<p>Hello" of other texts (with an empty value). What changes each
// time is in it, but for the submitted name: whoever compares several answers sees which parts do. At most a few
// thousand, values cut.
using AnswerTraces = std::map<QString, QString>;
AnswerTraces tracesOf(const HttpResponse &answer, const QString &submitted);

} // namespace cockpit
