#include "checks/actors/listmarkup.h"

#include "checks/web/htmlpage.h"
#include "checks/web/nesting.h"

#include <gumbo.h>

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct FreeOutput
{
    void operator()(GumboOutput *output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

bool isHtml(const HttpResponse &list)
{
    return list.header("content-type").value_or(QByteArray()).toLower().contains("html") && !list.bodyTruncated &&
           !list.body.isEmpty() && !estimatedCost(list.body).isTooMuch();
}

QString attribute(const GumboElement &element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element.attributes, name);
    return found ? QString::fromUtf8(found->value).trimmed() : QString();
}

bool isAround(GumboTag tag)
{
    static constexpr std::array kAround{GUMBO_TAG_NAV,    GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER,  GUMBO_TAG_SELECT,
                                        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_TEMPLATE};
    return std::ranges::find(kAround, tag) != kAround.end();
}

// Cells stand beside each other in each row, words of a text in each cell.
bool canBeRow(GumboTag tag)
{
    static constexpr std::array kRows{GUMBO_TAG_TR,  GUMBO_TAG_LI, GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION,
                                      GUMBO_TAG_DIV, GUMBO_TAG_DT, GUMBO_TAG_A,       GUMBO_TAG_TBODY};
    return std::ranges::find(kRows, tag) != kRows.end();
}

// "page", "offset", "starting_after": what asks for another part of a list.
bool isPaging(const QString &name)
{
    static const QRegularExpression paging(u"^(?:page(?:[_.-]?(?:no|num|number|index|token))?|p|pg|offset|start|skip|"
                                           u"from|(?:starting_)?after|cursor|next(?:_?token)?|marker)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return paging.match(name).hasMatch();
}

class MarkupReader
{
public:
    explicit MarkupReader(const QUrl &address) : m_address(address), m_query(address) {}

    ListMarkup read(const GumboNode *root)
    {
        // A stack of our own: the depth is the page's choice.
        std::vector<const GumboNode *> todo{root};
        while (!todo.empty()) {
            const GumboNode *node = todo.back();
            todo.pop_back();
            if (node->type != GUMBO_NODE_ELEMENT)
                continue;
            readElement(node->v.element);
            // Links of a navigation may lead on; its items are no rows.
            countRows(*node);
            const GumboVector &children = node->v.element.children;
            for (unsigned i = 0; i < children.length; ++i)
                todo.push_back(static_cast<const GumboNode *>(children.data[i]));
        }
        return m_markup;
    }

private:
    static bool isInside(const GumboNode *node)
    {
        for (; node; node = node->parent) {
            if (node->type == GUMBO_NODE_ELEMENT && isAround(node->v.element.tag))
                return true;
        }
        return false;
    }

    void countRows(const GumboNode &node)
    {
        std::map<GumboTag, qsizetype> kinds;
        const GumboVector &children = node.v.element.children;
        for (unsigned i = 0; i < children.length; ++i) {
            const auto *child = static_cast<const GumboNode *>(children.data[i]);
            if (child->type == GUMBO_NODE_ELEMENT && canBeRow(child->v.element.tag))
                ++kinds[child->v.element.tag];
        }
        for (const auto &[tag, count] : kinds) {
            if (count > m_markup.rows && !isInside(&node))
                m_markup.rows = count;
        }
    }

    // ?page=3 where this is page 2; a cursor other than its own.
    bool isFurther(const QUrl &link) const
    {
        if (link.authority() != m_address.authority() || link.path() != m_address.path())
            return false;
        for (const auto &[name, value] : QUrlQuery(link).queryItems(QUrl::FullyDecoded)) {
            const QString here = m_query.queryItemValue(name, QUrl::FullyDecoded);
            if (!isPaging(name) || value == here)
                continue;
            bool isNumber = false;
            const double wanted = value.toDouble(&isNumber);
            // Some count their pages from zero: a first page that leads to ?page=1 may lead to the second one.
            if (!isNumber || wanted > here.toDouble())
                return true;
        }
        return false;
    }

    void readElement(const GumboElement &element)
    {
        const QString relation = attribute(element, "rel").toLower();
        const bool isBack = relation.contains("prev"_L1) || relation.contains("first"_L1);
        for (unsigned i = 0; i < element.attributes.length && !isBack; ++i) {
            const auto *one = static_cast<const GumboAttribute *>(element.attributes.data[i]);
            const QString value = QString::fromUtf8(one->value).trimmed();
            // Of links, of forms, and of what scripts load by (hx-get, data-url, data-next-page).
            if (value.contains(u'?') && isFurther(m_address.resolved(QUrl(value))))
                m_markup.leadsOn = true;
        }
        if (relation.split(u' ').contains(u"next"_s)) {
            m_markup.leadsOn = true;
            m_markup.next = attribute(element, "href");
        }
        if (element.tag == GUMBO_TAG_A || element.tag == GUMBO_TAG_BUTTON)
            readWords(element);
    }

    // "Next", "Load more": a button of which nothing but its words tells what it does.
    void readWords(const GumboElement &element)
    {
        static const QRegularExpression more(
            u"^(?:next(?:\\s+page)?|older|(?:load|show|view|see)\\s+(?:more|all))\\b|^[›»→>]+$"_s,
            QRegularExpression::CaseInsensitiveOption);
        QString words = attribute(element, "aria-label");
        for (unsigned i = 0; i < element.children.length; ++i) {
            const auto *child = static_cast<const GumboNode *>(element.children.data[i]);
            if (child->type == GUMBO_NODE_TEXT && words.isEmpty())
                words = QString::fromUtf8(child->v.text.text).simplified();
        }
        m_markup.leadsOn = m_markup.leadsOn || more.match(words).hasMatch();
    }

    const QUrl m_address;
    const QUrlQuery m_query;
    ListMarkup m_markup;
};

} // namespace

std::optional<ListMarkup> listMarkup(const HttpResponse &list)
{
    if (!isHtml(list))
        return std::nullopt;
    const std::unique_ptr<GumboOutput, FreeOutput> tree(
        gumbo_parse_with_options(&kGumboDefaultOptions, list.body.constData(), static_cast<size_t>(list.body.size())));
    return tree ? std::optional(MarkupReader(list.url).read(tree->root)) : std::nullopt;
}

bool showsInMarkup(const HttpResponse &list, const QString &text)
{
    const auto page = isHtml(list) ? parseHtml(list.body, list.url) : Result<HtmlPage>(HtmlPage());
    return page && !text.isEmpty() && page->text.contains(text);
}

} // namespace cockpit
