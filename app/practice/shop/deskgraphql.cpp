#include "app/practice/shop/deskstate.h"
#include "app/practice/shop/graphqlquery.h"

#include <QJsonDocument>

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

constexpr size_t kMostFields = 10; // at the top of one question, aliases among them
constexpr qsizetype kMostQuestions = 5;
constexpr qsizetype kMostText = 20000;
constexpr qsizetype kMostMemoText = 200;

// What one question came to: values by alias, and errors.
struct Answer
{
    QJsonObject values;
    QJsonArray errors;

    void fail(const GraphQlField &field, const char *code)
    {
        values.insert(field.alias, QJsonValue::Null);
        errors.append(QJsonObject{{u"message"_s, QString::fromLatin1(code)},
                                  {u"path"_s, QJsonArray{field.alias}},
                                  {u"extensions"_s, QJsonObject{{u"code"_s, QString::fromLatin1(code)}}}});
    }
};

QString globalId(const char *kind, int id)
{
    return QString::fromLatin1((QByteArray(kind) + ':' + QByteArray::number(id)).toBase64());
}

int localId(const QJsonValue &global)
{
    const QByteArray text = QByteArray::fromBase64(global.toString().toLatin1());
    return text.startsWith("Invoice:") ? text.mid(8).toInt() : 0;
}

QJsonObject only(const QJsonObject &all, const std::vector<GraphQlField> &fields)
{
    QJsonObject chosen;
    for (const GraphQlField &field : fields) {
        if (all.contains(field.name))
            chosen.insert(field.alias, all[field.name]);
    }
    return chosen;
}

QJsonObject shown(const Invoice &invoice)
{
    return {{u"__typename"_s, u"Invoice"_s}, {u"id"_s, globalId("Invoice", invoice.id)}, {u"number"_s, invoice.id},
            {u"memo"_s, invoice.memo},       {u"amountCents"_s, invoice.cents},          {u"status"_s, invoice.status}};
}

QJsonObject shown(const shop::Account &account)
{
    return {{u"__typename"_s, u"User"_s},   {u"id"_s, globalId("User", account.id)},
            {u"name"_s, account.name},      {u"email"_s, account.email},
            {u"role"_s, account.role},      {u"tenant"_s, account.tenant == kBirchId ? kBirch : kCedar},
            {u"tenantId"_s, account.tenant}};
}

bool isUnderCaller(const Call &call, int tenant)
{
    return call.isOwn(tenant) || (call.caller.id == 0 && call.has(GraphQlOpen));
}

void listOfInvoices(Call &call, const GraphQlField &field, Answer &answer)
{
    const QJsonValue wanted = field.arguments["tenantId"_L1];
    const bool isFiltered = wanted.isDouble();
    if (isFiltered && !isUnderCaller(call, wanted.toInt()) && !call.has(GraphQlListFilter))
        return answer.fail(field, "FORBIDDEN");
    QJsonArray list;
    for (const Invoice &invoice : call.store().invoices) {
        if (isFiltered ? invoice.tenant == wanted.toInt() : isUnderCaller(call, invoice.tenant))
            list.append(only(shown(invoice), field.fields));
    }
    answer.values.insert(field.alias, list);
}

void listOfUsers(Call &call, const GraphQlField &field, Answer &answer)
{
    if (call.caller.role != "admin"_L1 && !call.has(GraphQlAdminField))
        return answer.fail(field, "FORBIDDEN");
    QJsonArray list;
    for (const shop::Account &account : call.store().accounts) {
        if (call.isOwn(account.tenant))
            list.append(only(shown(account), field.fields));
    }
    answer.values.insert(field.alias, list);
}

void oneInvoice(Call &call, const GraphQlField &field, Answer &answer)
{
    const Invoice *invoice = call.store().invoice(localId(field.arguments["id"_L1]));
    const bool isForeign = invoice && !isUnderCaller(call, invoice->tenant);
    if (!invoice || (isForeign && !call.has(GraphQlNode)))
        return answer.fail(field, "NOT_FOUND");
    answer.values.insert(field.alias, only(shown(*invoice), field.fields));
}

// A person's own tenant knows who is in it; strangers do by the fault.
void userByEmail(Call &call, const GraphQlField &field, Answer &answer)
{
    const QString email = field.arguments["email"_L1].toString();
    const auto &accounts = call.store().accounts;
    const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const shop::Account &account) {
        return account.email == email && (call.has(GraphQlUserLookup) || call.isOwn(account.tenant));
    });
    const QJsonObject person = found == accounts.end() ? QJsonObject() : only(shown(*found), field.fields);
    answer.values.insert(field.alias, found == accounts.end() ? QJsonValue() : QJsonValue(person));
}

void schema(Call &call, const GraphQlField &field, Answer &answer)
{
    if (!call.has(GraphQlIntrospection))
        return answer.fail(field, "INTROSPECTION_DISABLED");
    const QJsonArray types{QJsonObject{{u"name"_s, u"Query"_s}}, QJsonObject{{u"name"_s, u"Invoice"_s}},
                           QJsonObject{{u"name"_s, u"User"_s}}};
    answer.values.insert(field.alias,
                         QJsonObject{{u"types"_s, types}, {u"queryType"_s, QJsonObject{{u"name"_s, u"Query"_s}}}});
}

void ask(Call &call, const GraphQlField &field, Answer &answer)
{
    if (field.name == "__schema"_L1)
        return schema(call, field, answer);
    if (field.name == "__typename"_L1) {
        answer.values.insert(field.alias, u"Query"_s);
        return;
    }
    if (field.name == "userByEmail"_L1 && call.has(GraphQlUserLookup))
        return userByEmail(call, field, answer);
    if (call.caller.id == 0 && !call.has(GraphQlOpen))
        return answer.fail(field, "UNAUTHENTICATED");
    if (field.name == "me"_L1)
        answer.values.insert(field.alias, only(shown(call.caller), field.fields));
    else if (field.name == "invoices"_L1)
        listOfInvoices(call, field, answer);
    else if (field.name == "invoice"_L1 || field.name == "node"_L1)
        oneInvoice(call, field, answer);
    else if (field.name == "userByEmail"_L1)
        userByEmail(call, field, answer);
    else if (field.name == "users"_L1)
        listOfUsers(call, field, answer);
    else
        answer.fail(field, "UNKNOWN_FIELD");
}

void logIn(Call &call, const GraphQlField &field, Answer &answer)
{
    const QString email = field.arguments["email"_L1].toString();
    if (heldBack(call, email))
        return answer.fail(field, "TOO_MANY_TRIES");
    const bool isRight = checkedAccount(call, email, field.arguments["password"_L1].toString()) != nullptr;
    answer.values.insert(field.alias, QJsonObject{{u"ok"_s, isRight}});
}

void writeInvoice(Call &call, const GraphQlField &field, Answer &answer)
{
    const QString memo = field.arguments["memo"_L1].toString();
    if (memo.trimmed().isEmpty() || (memo.size() > kMostMemoText && !call.has(TooLongAccepted)))
        return answer.fail(field, "BAD_USER_INPUT");
    if (field.name == "createInvoice"_L1) {
        const Invoice made{++call.store().lastId, call.caller.tenant, memo, field.arguments["amountCents"_L1].toInt(),
                           u"open"_s};
        call.store().invoices.push_back(made);
        answer.values.insert(field.alias, only(shown(made), field.fields));
        return;
    }
    Invoice *invoice = call.store().invoice(localId(field.arguments["id"_L1]));
    if (!invoice || (!call.isOwn(invoice->tenant) && !call.has(GraphQlMutation)))
        return answer.fail(field, "NOT_FOUND");
    invoice->memo = memo;
    answer.values.insert(field.alias, only(shown(*invoice), field.fields));
}

void removeByQuestion(Call &call, const GraphQlField &field, Answer &answer)
{
    const int id = localId(field.arguments["id"_L1]);
    const Invoice *invoice = call.store().invoice(id);
    if (!invoice || (!call.isOwn(invoice->tenant) && !call.has(GraphQlMutation)))
        return answer.fail(field, "NOT_FOUND");
    std::erase_if(call.store().invoices, [&](const Invoice &other) { return other.id == id; });
    answer.values.insert(field.alias, QJsonObject{{u"ok"_s, true}});
}

void change(Call &call, const GraphQlField &field, Answer &answer)
{
    if (field.name == "login"_L1)
        return logIn(call, field, answer);
    if (call.caller.id == 0)
        return answer.fail(field, "UNAUTHENTICATED");
    if (call.caller.role == "viewer"_L1)
        return answer.fail(field, "FORBIDDEN");
    if (field.name == "createInvoice"_L1 || field.name == "updateInvoice"_L1)
        return writeInvoice(call, field, answer);
    if (field.name == "deleteInvoice"_L1)
        return removeByQuestion(call, field, answer);
    answer.fail(field, "UNKNOWN_FIELD");
}

QJsonObject refused(const char *code)
{
    Answer answer;
    answer.fail({}, code);
    return {{u"errors"_s, answer.errors}};
}

QJsonObject answerTo(Call &call, const QJsonObject &question)
{
    const QString text = question["query"_L1].toString();
    const auto query = parseGraphQl(text.left(kMostText), question["variables"_L1].toObject());
    if (!query)
        return refused("GRAPHQL_PARSE_FAILED");
    if (query->fields.size() > kMostFields && !call.has(GraphQlAliasesUnlimited))
        return refused("TOO_MANY_FIELDS");
    Answer answer;
    for (const GraphQlField &field : query->fields) {
        if (query->isMutation)
            change(call, field, answer);
        else
            ask(call, field, answer);
    }
    QJsonObject whole{{u"data"_s, answer.values}};
    if (!answer.errors.isEmpty())
        whole.insert("errors"_L1, answer.errors);
    return whole;
}

} // namespace

PageReply graphQl(Call &call)
{
    // A form of another site cannot send this type, so that no token is needed.
    if (!call.request.header("content-type").toLower().startsWith("application/json"))
        return shop::errorReply(415, "send_json");
    const QJsonDocument body = QJsonDocument::fromJson(call.request.body);
    if (body.isObject()) {
        const QJsonObject answer = answerTo(call, body.object());
        const bool isParsed = answer.contains("data"_L1);
        return shop::jsonReply(isParsed ? 200 : 400, answer);
    }
    const QJsonArray questions = body.array();
    if (questions.isEmpty() || (questions.size() > kMostQuestions && !call.has(GraphQlBatchUnlimited)))
        return shop::jsonReply(400, refused("BAD_REQUEST"));
    QJsonArray answers;
    for (const QJsonValue &question : questions)
        answers.append(answerTo(call, question.toObject()));
    return {.contentType = "application/json", .body = QJsonDocument(answers).toJson(QJsonDocument::Compact)};
}

} // namespace cockpit::desk
