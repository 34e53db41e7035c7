#include "checks/actors/signinparts.h"

#include "checks/web/nesting.h"

#include <gumbo.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

struct FreeOutput
{
    void operator()(GumboOutput *output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using Tree = std::unique_ptr<GumboOutput, FreeOutput>;

Tree parsed(const QByteArray &html)
{
    if (html.isEmpty() || estimatedCost(html).isTooMuch())
        return nullptr;
    return Tree(gumbo_parse_with_options(&kGumboDefaultOptions, html.constData(), static_cast<size_t>(html.size())));
}

QString attribute(const GumboElement &element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element.attributes, name);
    return found ? QString::fromUtf8(found->value) : QString();
}

// In the order of the document.
std::vector<const GumboElement *> elementsUnder(const GumboNode *root)
{
    std::vector<const GumboElement *> elements;
    std::vector<const GumboNode *> todo{root};
    while (!todo.empty()) {
        const GumboNode *node = todo.back();
        todo.pop_back();
        if (!node || (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE))
            continue;
        const GumboElement &element = node->v.element;
        elements.push_back(&element);
        for (unsigned i = element.children.length; i > 0; --i)
            todo.push_back(static_cast<const GumboNode *>(element.children.data[i - 1]));
    }
    return elements;
}

bool isInput(const GumboElement &element, QLatin1StringView type)
{
    return element.tag == GUMBO_TAG_INPUT && attribute(element, "type").trimmed().toLower() == type;
}

// The fields that stand in each form; those in none are a form of their own, the last one.
std::vector<std::vector<const GumboElement *>> formsOf(const GumboNode *root)
{
    std::vector<std::vector<const GumboElement *>> forms;
    std::vector<const GumboElement *> others;
    std::unordered_set<const GumboElement *> inForms;
    for (const GumboElement *element : elementsUnder(root)) {
        if (element->tag != GUMBO_TAG_FORM)
            continue;
        forms.emplace_back();
        for (unsigned i = 0; i < element->children.length; ++i) {
            for (const GumboElement *field : elementsUnder(static_cast<GumboNode *>(element->children.data[i]))) {
                forms.back().push_back(field);
                inForms.insert(field);
            }
        }
    }
    for (const GumboElement *element : elementsUnder(root)) {
        if (element->tag == GUMBO_TAG_INPUT && !inForms.contains(element))
            others.push_back(element);
    }
    forms.push_back(std::move(others));
    return forms;
}

std::vector<HiddenField> hiddenAmong(const std::vector<const GumboElement *> &elements)
{
    std::vector<HiddenField> fields;
    for (const GumboElement *element : elements) {
        const QString name = attribute(*element, "name");
        if (isInput(*element, "hidden"_L1) && !name.isEmpty())
            fields.push_back({name, Secret(attribute(*element, "value").toUtf8())});
    }
    return fields;
}

// Everything but buttons, what nobody sees, and what is only sent when it is ticked.
bool isForPeople(const GumboElement *element)
{
    if (element->tag == GUMBO_TAG_TEXTAREA || element->tag == GUMBO_TAG_SELECT)
        return true;
    return element->tag == GUMBO_TAG_INPUT &&
           std::ranges::none_of(
               std::array{"hidden"_L1, "submit"_L1, "button"_L1, "image"_L1, "reset"_L1, "checkbox"_L1},
               [&](QLatin1StringView type) { return isInput(*element, type); });
}

// A field outside of a form names the one that it belongs to (HTML, "the form attribute").
bool hasFieldElsewhere(const GumboNode *root, const QString &form)
{
    return !form.isEmpty() && std::ranges::any_of(elementsUnder(root), [&](const GumboElement *one) {
        return isForPeople(one) && attribute(*one, "form") == form;
    });
}

std::optional<CsrfToken> csrfFieldIn(const QByteArray &html)
{
    const std::vector<HiddenField> fields = hiddenFieldsIn(html);
    const auto field = std::ranges::find_if(
        fields, [](const HiddenField &one) { return isCsrfName(one.name) && !one.value.isEmpty(); });
    if (field == fields.end())
        return std::nullopt;
    const bool isDotNet = field->name.contains("RequestVerificationToken"_L1, Qt::CaseInsensitive);
    return CsrfToken{field->value, isDotNet ? "RequestVerificationToken" : "X-CSRF-Token", field->name};
}

// Rails and Laravel: <meta name="csrf-token">; Spring: _csrf, and _csrf_header with the name of the header.
std::optional<CsrfToken> csrfMetaIn(const QByteArray &html)
{
    const Tree tree = parsed(html);
    if (!tree)
        return std::nullopt;
    std::optional<CsrfToken> token;
    QByteArray header = "X-CSRF-Token";
    for (const GumboElement *element : elementsUnder(tree->root)) {
        if (element->tag != GUMBO_TAG_META)
            continue;
        const QString name = attribute(*element, "name").trimmed();
        const QString content = attribute(*element, "content").trimmed();
        if (name == "_csrf_header"_L1 && !content.isEmpty())
            header = content.toLatin1();
        else if (isCsrfName(name) && name != "csrf-param"_L1 && !name.endsWith("_parameter"_L1) && !token)
            token = CsrfToken{Secret(content.toUtf8()), {}};
    }
    if (!token || token->value.isEmpty())
        return std::nullopt;
    token->header = header;
    return token;
}

// A page for scripts: {"csrfToken": "…"}; of Spring: {"headerName": "X-CSRF-TOKEN", "token": "…"}.
std::optional<CsrfToken> csrfJsonIn(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QByteArray header = object.value("headerName"_L1).toString().toLatin1();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isToken = isCsrfName(it.key()) || (it.key() == "token"_L1 && !header.isEmpty());
        if (isToken && it.value().isString() && !it.value().toString().isEmpty())
            return CsrfToken{Secret(it.value().toString().toUtf8()), header.isEmpty() ? "X-CSRF-Token" : header};
    }
    return std::nullopt;
}

QByteArray jsonEscaped(const QByteArray &value)
{
    const QByteArray quoted =
        QJsonDocument(QJsonArray{QString::fromUtf8(value)}).toJson(QJsonDocument::Compact); // ["value"]
    return quoted.sliced(2, quoted.size() - 4);
}

QByteArray written(const QByteArray &value, const QByteArray &contentType)
{
    const QByteArray type = contentType.toLower();
    if (type.contains("x-www-form-urlencoded"))
        return value.toPercentEncoding();
    if (type.contains("json"))
        return jsonEscaped(value);
    if (type.contains("xml"))
        return QString::fromUtf8(value).toHtmlEscaped().toUtf8();
    return value;
}

} // namespace

bool isCsrfName(const QString &name)
{
    static const QRegularExpression names(
        u"csrf|xsrf|^authenticity_?token$|^_token$|^__?requestverificationtoken$|^(form|request|login)_?token$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return names.match(name).hasMatch();
}

std::vector<HiddenField> hiddenFieldsIn(const QByteArray &html)
{
    const Tree tree = parsed(html);
    if (!tree)
        return {};
    const auto forms = formsOf(tree->root);
    const auto asksPassword = [](const auto &form) {
        return std::ranges::any_of(form, [](const GumboElement *one) { return isInput(*one, "password"_L1); });
    };
    const auto login = std::ranges::find_if(forms, asksPassword);
    return hiddenAmong(login == forms.end() ? forms.front() : *login);
}

std::optional<FormFields> formFieldsFor(const QByteArray &html, const QUrl &page, const QUrl &action)
{
    const Tree tree = parsed(html);
    if (!tree)
        return std::nullopt;
    const auto forms = formsOf(tree->root);
    std::optional<FormFields> found;
    std::size_t form = 0;
    for (const GumboElement *element : elementsUnder(tree->root)) {
        if (element->tag != GUMBO_TAG_FORM)
            continue;
        const auto &fields = forms[form++];
        if (page.resolved(QUrl(attribute(*element, "action").trimmed())) != action)
            continue;
        if (!found)
            found = FormFields{hiddenAmong(fields), false};
        found->isFilledIn = found->isFilledIn || std::ranges::any_of(fields, isForPeople) ||
                            hasFieldElsewhere(tree->root, attribute(*element, "id"));
    }
    return found;
}

std::optional<CsrfToken> csrfCookieIn(const CookieJar &jar)
{
    struct Row
    {
        QLatin1StringView cookie;
        const char *header;
    };
    // Angular, axios and Laravel; Django; others by the same habit.
    static constexpr std::array kRows{Row{"XSRF-TOKEN"_L1, "X-XSRF-TOKEN"}, Row{"csrftoken"_L1, "X-CSRFToken"},
                                      Row{"csrf_token"_L1, "X-CSRF-Token"}, Row{"csrf-token"_L1, "X-CSRF-Token"},
                                      Row{"_csrf_token"_L1, "X-CSRF-Token"}};
    for (const Row &row : kRows) {
        // Scripts decode what cookies cannot hold.
        if (const auto value = jar.valueOf(row.cookie); value && !value->isEmpty())
            return CsrfToken{Secret(QByteArray::fromPercentEncoding(value->reveal())), row.header};
    }
    return std::nullopt;
}

std::optional<CsrfToken> csrfTokenIn(const HttpResponse &answer, const CookieJar &jar)
{
    if (auto token = csrfFieldIn(answer.body))
        return token;
    if (auto token = csrfMetaIn(answer.body))
        return token;
    if (auto token = csrfJsonIn(answer.body))
        return token;
    return csrfCookieIn(jar);
}

Result<Secret> filled(const QString &text, const HoleValues &values, const QByteArray &contentType)
{
    static const QRegularExpression hole(u"\\{\\{\\s*([A-Za-z0-9_-]+)\\s*\\}\\}"_s);
    QByteArray result;
    qsizetype at = 0;
    auto holes = hole.globalMatch(text);
    while (holes.hasNext()) {
        const auto match = holes.next();
        const auto value = values.find(match.captured(1));
        if (value == values.end()) {
            return failure(
                ErrorKind::BadInput,
                Text::tr("The sign-in has a place for \"%1\", and nobody has a value for it.").arg(match.captured(1)));
        }
        result += text.sliced(at, match.capturedStart() - at).toUtf8();
        result += written(value->second.reveal(), contentType);
        at = match.capturedEnd();
    }
    result += text.sliced(at).toUtf8();
    return Secret(std::move(result));
}

} // namespace cockpit
