// abuse.schema: missing, extra, wrong, too long or malformed data is refused cleanly (facts 20, OWASP API3 and API8).
// What counts against the product is what it kept, broke on or worked out, never a status of 2xx alone.
// observed: "actor", "routes": [{"route","kind": create|update|settings|question,"sent","refused","kept": [kinds that
// should not have been],"altered","ignored","unseen","crashed","left_out","fields_left_out","not_tested": sentence?}],
// "not_tried":
// [{"route","why": no_way_back|no_body|other_body|no_seen_id}], "reads": how many searches and lists were asked,
// "left_out": names of those that were not, "answers": {"compared": how many were read beside the product's own
// description (OpenAPI), "differ": of them}, "found" and "not_tried_again" (schemamemory.h), "broken_off": sentence?,
// "requests", not_seen (models/unseen.h).
// A finding is of one route, and stays open until what had shown it was told again there.
#pragma once

#include "checks/abuse/badinput.h"
#include "checks/engine/check.h"
#include "checks/http/errorleaks.h"
#include "models/routes/apianswers.h"

namespace cockpit {

// What there was before the look.
struct SchemaBefore
{
    QJsonObject observed = {};     // by the last one
    QStringList routes = {};       // names of all that the project has today; what was found on others is let go
    QStringList openOfAll = {};    // codes of open findings that an earlier version raised of all routes
    bool hasNoDescription = false; // nothing says any more how the answers should look (describedanswers.h)
};

Check abuseSchemaCheck();
// described: what the product says of its answers, where that is known.
Judged judgeAbuseSchema(const BadInputRun &run, const std::vector<PageLeakRule> &rules,
                        const std::vector<AnswerDescription> &described = {}, const SchemaBefore &before = {});

} // namespace cockpit
