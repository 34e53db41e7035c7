#include "checks/web/nesting.h"

#include "checks/web/tagreader.h"

#include <QHash>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace cockpit {

namespace {

enum Trait : unsigned {
    Empty = 1U << 0U,     // has no content
    Text = 1U << 1U,      // its content is text: tags inside do not count
    Block = 1U << 2U,     // "special": no end tag but a block's closes anything over one of these
    Wall = 1U << 3U,      // keeps the end tag of a block from reaching further out ("scope")
    TableWall = 1U << 4U, // the same for the parts of a table
    Part = 1U << 5U,      // of a table: not there without one
    Root = 1U << 6U,      // svg, math: other rules hold inside
    Breakout = 1U << 7U,  // leads out of svg and math, back to HTML
    Page = 1U << 8U,      // opened by the parser itself, once
    Implied = 1U << 9U,   // people leave its end tag out; one does not hold another without a wall between them
};

QHash<QByteArray, unsigned> namesByTrait()
{
    QHash<QByteArray, unsigned> traits;
    const auto add = [&traits](unsigned trait, std::initializer_list<const char *> names) {
        for (const char *name : names)
            traits[name] |= trait;
    };
    add(Empty, {"area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
                "source", "track", "wbr"});
    add(Text, {"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"});
    add(Block | Wall | Part | Implied, {"caption", "td", "th"});
    add(Block | Part | Implied, {"colgroup", "tbody", "tfoot", "thead", "tr"});
    add(Block | Wall | TableWall, {"table", "template"});
    add(Block | Wall, {"applet", "marquee", "object"});
    add(Implied, {"dd", "dt", "li", "option", "p"});
    add(Block | Wall, {"annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"});
    add(Block, {"address", "article",  "aside",    "blockquote", "button",   "center",     "dd",     "details",
                "dir",     "div",      "dl",       "dt",         "fieldset", "figcaption", "figure", "footer",
                "form",    "frameset", "h1",       "h2",         "h3",       "h4",         "h5",     "h6",
                "header",  "hgroup",   "iframe",   "li",         "listing",  "main",       "menu",   "nav",
                "noembed", "noframes", "noscript", "ol",         "p",        "plaintext",  "pre",    "script",
                "section", "select",   "style",    "summary",    "textarea", "ul",         "xmp"});
    add(Breakout,
        {"b",      "big",     "blockquote", "body", "br",    "center", "code", "dd",  "div",  "dl", "dt",    "em",
         "embed",  "font",    "h1",         "h2",   "h3",    "h4",     "h5",   "h6",  "head", "hr", "i",     "img",
         "li",     "listing", "menu",       "meta", "nobr",  "ol",     "p",    "pre", "ruby", "s",  "small", "span",
         "strike", "strong",  "sub",        "sup",  "table", "tt",     "u",    "ul",  "var"});
    add(Root, {"math", "svg"});
    add(Page, {"body", "head", "html"});
    return traits;
}

unsigned traitsOf(const QByteArray &name)
{
    static const QHash<QByteArray, unsigned> traits = namesByTrait();
    return traits.value(name);
}

// 1 is closed by any part of a table, 3 only by its like.
int levelOf(const QByteArray &part)
{
    return part == "td" || part == "th" ? 3 : part == "tr" ? 2 : 1;
}

struct Element
{
    QByteArray name;
    unsigned traits = 0;
    bool isGhost = false;

    bool is(unsigned trait) const { return (traits & trait) != 0; }
};

// The elements that may be open, one for each that a parser has open and never fewer. What a parser may or may not have
// closed stays as a ghost: it counts and stands in the way, and no end tag finds it.
class OpenElements
{
public:
    int depth() const { return static_cast<int>(m_open.size()); }
    bool isForeign() const { return m_roots > 0; }
    bool isSurelyForeign() const { return m_sureRoot >= 0; }
    // A select or a frameset: a parser drops most of what stands in them.
    bool mayDrop() const { return m_choosers > 0; }

    void start(const QByteArray &name, bool closesItself);
    void end(const QByteArray &name);

private:
    template<typename Stops>
    int nearest(const QByteArray &name, Stops stops) const;
    void closeLike(const QByteArray &name);
    void closeParts(int level);
    void push(Element element);
    void pushRoot(Element element, bool closesItself);
    void remove(int place);
    void erase(int place);
    void count(const Element &element, int by);
    bool isLast(int place) const { return place == depth() - 1; }

    std::vector<Element> m_open;
    QHash<QByteArray, int> m_alive; // how many an end tag may find
    int m_roots = 0;
    int m_choosers = 0;
    int m_tables = 0;
    int m_sureRoot = -1; // the place of the svg or math that a parser is in for certain; -1 without
};

// The place of the innermost that is alive; -1 when there is none, or something stands in the way.
template<typename Stops>
int OpenElements::nearest(const QByteArray &name, Stops stops) const
{
    if (m_alive.value(name) == 0)
        return -1;
    for (int i = depth() - 1; i >= 0; --i) {
        const Element &element = m_open[static_cast<std::size_t>(i)];
        if (!element.isGhost && element.name == name)
            return i;
        if (stops(element))
            return -1;
    }
    return -1;
}

void OpenElements::count(const Element &element, int by)
{
    m_roots += element.is(Root) ? by : 0;
    m_tables += element.is(TableWall) ? by : 0;
    m_choosers += element.name == "select" || element.name == "frameset" ? by : 0;
}

void OpenElements::push(Element element)
{
    count(element, 1);
    ++m_alive[element.name];
    m_open.push_back(std::move(element));
}

// What stood inside may live on in a parser; of a form it does.
void OpenElements::remove(int place)
{
    if (!isLast(place) || place <= m_sureRoot)
        m_sureRoot = -1;
    const bool isForm = m_open[static_cast<std::size_t>(place)].name == "form";
    erase(place);
    for (int i = depth() - 1; !isForm && i >= place; --i) {
        Element &inside = m_open[static_cast<std::size_t>(i)];
        if (inside.isGhost)
            continue;
        if (inside.is(Implied) && !isForeign()) {
            erase(i);
        } else {
            --m_alive[inside.name];
            inside.isGhost = true;
        }
    }
}

void OpenElements::erase(int place)
{
    const auto at = m_open.begin() + place;
    count(*at, -1);
    m_alive[at->name] -= at->isGhost ? 0 : 1;
    m_open.erase(at);
}

// Elements whose end tag people leave out are closed by the next of their kind.
void OpenElements::closeLike(const QByteArray &name)
{
    const auto stopsItem = [](const Element &other) {
        return other.is(Block) && other.name != "address" && other.name != "div" && other.name != "p";
    };
    int place = -1;
    if (name == "p")
        place = nearest(name, [](const Element &other) { return other.is(Wall) || other.name == "button"; });
    else if (name == "li")
        place = nearest(name, stopsItem);
    else if (name == "dd" || name == "dt")
        place = std::max(nearest("dd", stopsItem), nearest("dt", stopsItem));
    else if (name == "option")
        place = nearest(name, [](const Element &) { return true; });
    if (place >= 0)
        remove(place);
}

void OpenElements::closeParts(int level)
{
    for (const char *part : {"td", "th", "tr", "tbody", "thead", "tfoot", "caption", "colgroup"}) {
        const int place = levelOf(part) < level ? -1 : nearest(part, [](const Element &e) { return e.is(TableWall); });
        if (place >= 0)
            remove(place);
    }
}

void OpenElements::pushRoot(Element element, bool closesItself)
{
    if (closesItself && !mayDrop())
        return;
    push(std::move(element));
    if (m_sureRoot < 0 && !mayDrop())
        m_sureRoot = depth() - 1;
}

void OpenElements::start(const QByteArray &name, bool closesItself)
{
    const Element element{name, traitsOf(name)};
    // What stands in a title, a formula's letter or a foreignObject may be HTML, and then nothing is certain any more.
    if (isSurelyForeign() && (m_open.back().is(Wall) || element.is(Breakout)))
        m_sureRoot = -1;
    if (element.is(Root))
        return pushRoot(element, closesItself);
    if (isSurelyForeign() && closesItself)
        return;
    if (isForeign())
        return push(element);
    const bool isNowhere = element.is(Part) && m_tables == 0;
    if (element.is(Empty | Page) || isNowhere)
        return;
    if (element.is(Part))
        closeParts(levelOf(name));
    else
        closeLike(name);
    push(element);
}

void OpenElements::end(const QByteArray &name)
{
    const unsigned traits = traitsOf(name);
    const bool isOfTable = (traits & Part) != 0 || name == "table";
    const unsigned stopping = isOfTable ? TableWall : (traits & Block) != 0 ? Wall : Block;
    const bool isParagraph = name == "p";
    const bool isItem = name == "li";
    const auto stops = [=](const Element &other) {
        return other.is(stopping) || (isParagraph && other.name == "button") ||
               (isItem && (other.name == "ol" || other.name == "ul"));
    };
    const int place = nearest(name, stops);
    if (place >= 0)
        remove(place);
    else
        m_sureRoot = -1;
}

class Estimate
{
public:
    explicit Estimate(QByteArrayView html) : m_html(html) {}

    HtmlCost cost()
    {
        HtmlCost cost;
        while (!cost.isTooMuch()) {
            const HtmlTag tag = nextTag(m_html, m_at);
            if (tag.kind == HtmlTag::Kind::None)
                break;
            m_at = tag.end;
            cost.steps += m_open.depth();
            take(tag);
            cost.depth = std::max(cost.depth, m_open.depth());
        }
        return cost;
    }

private:
    void take(const HtmlTag &tag)
    {
        switch (tag.kind) {
        case HtmlTag::Kind::Start:
            return takeStart(tag);
        case HtmlTag::Kind::End:
            if (tag.begin >= m_endsCountFrom)
                m_open.end(tag.name);
            return;
        case HtmlTag::Kind::Other:
            if (tag.isCdata && m_open.isForeign())
                takeText(tag, cdataEnd(tag), m_open.isSurelyForeign());
            return;
        case HtmlTag::Kind::None:
            return;
        }
    }

    // In svg and math these are markup, in a select they may be dropped, and then their content is markup as well.
    void takeStart(const HtmlTag &tag)
    {
        m_open.start(tag.name, tag.closesItself);
        if ((traitsOf(tag.name) & Text) != 0 && !m_open.isSurelyForeign())
            takeText(tag, textEnd(tag), !m_open.isForeign() && !m_open.mayDrop());
    }

    // Remembered: a hostile page begins many texts that end at one place, or never.
    qsizetype textEnd(const HtmlTag &tag)
    {
        qsizetype &end = m_textEnds[tag.name];
        if (end < tag.end)
            end = endOfRawText(m_html, tag.name, tag.end);
        return end;
    }

    qsizetype cdataEnd(const HtmlTag &tag)
    {
        if (m_cdataEnd < tag.end)
            m_cdataEnd = m_html.indexOf("]]>", tag.begin);
        if (m_cdataEnd < 0)
            m_cdataEnd = m_html.size();
        return m_cdataEnd;
    }

    // Where nobody knows whether it is text, its start tags count and its end tags do not.
    void takeText(const HtmlTag &tag, qsizetype end, bool isSure)
    {
        if (isSure)
            m_at = std::max(tag.end, end);
        else
            m_endsCountFrom = std::max(m_endsCountFrom, end);
    }

    const QByteArrayView m_html;
    OpenElements m_open;
    qsizetype m_at = 0;
    qsizetype m_endsCountFrom = 0;
    QHash<QByteArray, qsizetype> m_textEnds;
    qsizetype m_cdataEnd = 0;
};

} // namespace

HtmlCost estimatedCost(QByteArrayView html)
{
    return Estimate(html).cost();
}

} // namespace cockpit
