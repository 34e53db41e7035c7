#include "app/practice/shop/graphqlquery.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression word(uR"(\.\.\.|[{}()\[\]:!$=@]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)"_s);
    QStringList words;
    auto found = word.globalMatch(text);
    while (found.hasNext())
        words.append(found.next().captured());
    return words;
}

class Parser
{
public:
    Parser(const QString &text, const QJsonObject &variables) : m_words(wordsOf(text)), m_variables(variables) {}

    std::optional<GraphQlQuery> query()
    {
        GraphQlQuery query;
        if (word() == "query"_L1 || word() == "mutation"_L1) {
            query.isMutation = word() == "mutation"_L1;
            ++m_at;
            if (word() != "("_L1 && word() != "{"_L1)
                ++m_at; // its name
            if (word() == "("_L1)
                skipVariables();
        }
        query.fields = selection(1);
        return m_isGood && !query.fields.empty() && m_at == m_words.size() ? std::optional(query) : std::nullopt;
    }

private:
    QString word() const { return m_at < m_words.size() ? m_words[m_at] : QString(); }
    QString take() { return m_at < m_words.size() ? m_words[m_at++] : QString(); }
    void expect(QLatin1StringView wanted) { m_isGood = m_isGood && take() == wanted; }

    void skipVariables()
    {
        while (m_at < m_words.size() && take() != ")"_L1) {
        }
    }

    std::vector<GraphQlField> selection(int depth)
    {
        std::vector<GraphQlField> fields;
        expect("{"_L1);
        while (m_isGood && word() != "}"_L1) {
            if (word() == "..."_L1) {
                m_at += word() == "..."_L1 && m_words.value(m_at + 1) == "on"_L1 ? 3 : 1;
                const auto inner = selection(depth + 1);
                fields.insert(fields.end(), inner.begin(), inner.end());
            } else {
                fields.push_back(field(depth));
            }
        }
        expect("}"_L1);
        return fields;
    }

    GraphQlField field(int depth)
    {
        GraphQlField field{.alias = take(), .name = {}, .arguments = {}, .fields = {}};
        m_isGood = m_isGood && !field.alias.isEmpty() && (field.alias[0].isLetter() || field.alias[0] == u'_') &&
                   depth <= kDeepestQuery;
        field.name = field.alias;
        if (word() == ":"_L1) {
            ++m_at;
            field.name = take();
        }
        if (word() == "("_L1) {
            ++m_at;
            while (m_isGood && word() != ")"_L1) {
                const QString name = take();
                expect(":"_L1);
                field.arguments.insert(name, value());
            }
            expect(")"_L1);
        }
        if (m_isGood && word() == "{"_L1)
            field.fields = selection(depth + 1);
        return field;
    }

    QJsonValue value()
    {
        const QString text = take();
        if (text == "$"_L1)
            return m_variables[take()];
        if (text.startsWith(u'"'))
            return text.mid(1, text.size() - 2).replace("\\\""_L1, "\""_L1).replace("\\\\"_L1, "\\"_L1);
        if (text == "true"_L1 || text == "false"_L1)
            return text == "true"_L1;
        if (text == "null"_L1)
            return QJsonValue::Null;
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        m_isGood = m_isGood && (isNumber || (!text.isEmpty() && text[0].isLetter()));
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    }

    const QStringList m_words;
    const QJsonObject m_variables;
    qsizetype m_at = 0;
    bool m_isGood = true;
};

} // namespace

std::optional<GraphQlQuery> parseGraphQl(const QString &text, const QJsonObject &variables)
{
    return Parser(text, variables).query();
}

} // namespace cockpit::desk
