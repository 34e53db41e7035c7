#include "checks/access/questionname.h"

#include "checks/access/nodequestion.h"
#include "models/access/graphqltokens.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using graphql::Token;
using graphql::TokenKind;

// One operation of a document (GraphQL specification, sections 2.3 to 2.8). Whatever breaks its grammar ends it.
class Operation
{
public:
    explicit Operation(const std::vector<Token> &tokens) : m_tokens(tokens) {}

    QString name()
    {
        while (isName("fragment"_L1))
            skipDefinition();
        QString name;
        if (isName("query"_L1) || isName("mutation"_L1) || isName("subscription"_L1)) {
            ++m_at;
            name = nameHere();
        }
        while (!isOver() && !is("{"_L1))
            skip();
        const QString path = pathOfSelection(1).join(u'.');
        return name.isEmpty() || name == kNodeOperation ? path : path.isEmpty() ? name : name + u' ' + path;
    }

private:
    bool isOver() const { return m_at >= m_tokens.size(); }
    bool is(QLatin1StringView punctuator) const { return !isOver() && m_tokens[m_at].is(punctuator); }
    bool isName(QLatin1StringView word) const { return hasName() && m_tokens[m_at].text == word; }
    bool hasName() const { return !isOver() && m_tokens[m_at].kind == TokenKind::Name; }
    QString nameHere() { return hasName() ? m_tokens[m_at++].text : QString(); }

    // A token, or a bracket with all that is in it.
    void skip()
    {
        int depth = 0;
        do {
            const bool opens = is("{"_L1) || is("("_L1) || is("["_L1);
            const bool closes = is("}"_L1) || is(")"_L1) || is("]"_L1);
            depth += opens ? 1 : closes ? -1 : 0;
            ++m_at;
        } while (!isOver() && depth > 0);
    }

    void skipDefinition()
    {
        while (!isOver() && !is("{"_L1))
            skip();
        if (!isOver())
            skip();
    }

    // Arguments and directives.
    void skipToSelection()
    {
        while (is("("_L1) || is("@"_L1)) {
            const bool isDirective = is("@"_L1);
            skip();
            if (isDirective && hasName())
                ++m_at;
        }
    }

    // The first field with fields of its own, and so on down: what has none there ("plan") says less of what is asked
    // for. Without one the first field, at the top alone. Behind an alias; a fragment names no field.
    QStringList pathOfSelection(int level)
    {
        constexpr int kDeepest = 4;
        QStringList path;
        QString first;
        ++m_at; // the brace
        while (!isOver() && !is("}"_L1)) {
            const bool isSpread = is("..."_L1);
            if (!isSpread && !hasName()) {
                skip();
                continue;
            }
            const QString field = isSpread ? spread() : fieldHere();
            skipToSelection();
            first = first.isEmpty() ? field : first;
            if (!is("{"_L1))
                continue;
            if (field.isEmpty() || !path.isEmpty() || level >= kDeepest) {
                path = path.isEmpty() && !field.isEmpty() ? QStringList{field} : path;
                skip();
                continue;
            }
            path = QStringList{field} + pathOfSelection(level + 1);
        }
        if (!isOver())
            ++m_at;
        return path.isEmpty() && level == 1 && !first.isEmpty() ? QStringList{first} : path;
    }

    QString fieldHere()
    {
        QString name = nameHere();
        if (!is(":"_L1))
            return name;
        ++m_at;
        return nameHere();
    }

    // "...Parts", "... on Invoice": no field.
    QString spread()
    {
        ++m_at;
        const bool isTyped = isName("on"_L1);
        (void)nameHere();
        if (isTyped)
            (void)nameHere();
        return {};
    }

    const std::vector<Token> &m_tokens;
    std::size_t m_at = 0;
};

QString nameOf(const QJsonObject &question)
{
    const auto tokens = graphql::tokensOf(question["query"_L1].toString());
    return tokens ? Operation(*tokens).name() : QString();
}

// Several in one body have a name together.
QString nameIn(const QByteArray &body)
{
    constexpr qsizetype kMostNamed = 4;
    const QJsonDocument json = QJsonDocument::fromJson(body);
    if (json.isObject())
        return nameOf(json.object());
    QStringList names;
    for (const QJsonValue one : json.array()) {
        const QString name = nameOf(one.toObject());
        if (!name.isEmpty() && !names.contains(name) && names.size() < kMostNamed)
            names.append(name);
    }
    return names.join(u" + "_s);
}

} // namespace

QString questionName(const RouteSample &sample)
{
    const QString route = sample.method + u' ' + sample.path;
    const QString name = sample.path.contains(u'#') ? QString() : nameIn(sample.body);
    return name.isEmpty() ? route : route + u' ' + name;
}

QStringList earlierQuestionNames(const RouteSample &sample)
{
    static const QRegularExpression firstField(u"^[^{]*\\{\\s*(?:[A-Za-z_]\\w*\\s*:\\s*)?([A-Za-z_]\\w*)"_s);
    const QString route = sample.method + u' ' + sample.path;
    const QString query = QJsonDocument::fromJson(sample.body).object()["query"_L1].toString();
    const QString field = sample.path.contains(u'#') ? QString() : firstField.match(query).captured(1);
    QStringList names{route};
    if (!field.isEmpty())
        names.prepend(route + u' ' + field);
    names.removeAll(questionName(sample));
    return names;
}

bool isOpenQuestion(const RouteSample &sample, const QStringList &open)
{
    const QStringList names = earlierQuestionNames(sample) + QStringList{questionName(sample)};
    return std::ranges::any_of(names, [&](const QString &name) { return open.contains(name); });
}

} // namespace cockpit
