#include "checks/access/nodeanswer.h"

#include "checks/actors/tellinganswer.h"
#include "checks/net/statusclass.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// graphql-js, gqlgen, Absinthe, Sangria: Cannot query field "node" on type "Query". graphql-ruby: Field 'node' doesn't
// exist on type 'Query'. HotChocolate: The field `node` does not exist … graphql-java: FieldUndefined@[node]. Hasura:
// field 'node' not found in type. Juniper, async-graphql: Unknown field "node". The word alone stands in errors about
// the record as well ("Could not resolve to a node").
bool saysUnknownField(const QString &message)
{
    static const QRegularExpression name(u"[\"'`@\\[\\x{2018}\\x{201C}]node[\"'`\\]\\x{2019}\\x{201D}]"_s);
    static const QRegularExpression words(
        u"cannot query|can't query|n't exist|not exist|undefined|unknown field|not found|no such field|not defined|"
        u"no field|has no "_s,
        QRegularExpression::CaseInsensitiveOption);
    return name.match(message).hasMatch() && words.match(message).hasMatch();
}

} // namespace

bool tellsOfNode(const std::optional<HttpResponse> &answer)
{
    if (!tellsWhatIsThere(answer))
        return false;
    const QJsonObject json = jsonRoot(answer->body).toObject();
    const QJsonArray errors = json["errors"_L1].toArray();
    if (errors.isEmpty())
        return isSuccess(*answer) && json["data"_L1].toObject().contains("node"_L1);
    return std::any_of(errors.begin(), errors.end(),
                       [](const QJsonValue &error) { return saysUnknownField(error["message"_L1].toString()); });
}

} // namespace cockpit
