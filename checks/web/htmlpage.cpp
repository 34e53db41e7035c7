#include "checks/web/htmlpage.h"

#include "checks/web/loginform.h"
#include "checks/web/nesting.h"

#include <gumbo.h>

#include <QCoreApplication>

#include <memory>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HtmlPage)
};

constexpr qsizetype kLongestText = 512LL * 1024; // characters of readable text that are kept

struct FreeOutput
{
    void operator()(GumboOutput *output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

std::optional<QString> attribute(const GumboElement &element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element.attributes, name);
    return found ? std::optional(QString::fromUtf8(found->value).trimmed()) : std::nullopt;
}

QString textInside(const GumboElement &element)
{
    QString text;
    for (unsigned i = 0; i < element.children.length; ++i) {
        const auto *child = static_cast<const GumboNode *>(element.children.data[i]);
        if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE || child->type == GUMBO_NODE_CDATA)
            text += QString::fromUtf8(child->v.text.text);
    }
    return text;
}

class Reader
{
public:
    explicit Reader(const QUrl &url) : m_base(url) {}

    HtmlPage read(const GumboNode *root)
    {
        // A stack of our own: the depth is the page's choice.
        std::vector<Place> todo{{root, false}};
        while (!todo.empty()) {
            const auto [node, isInert] = todo.back();
            todo.pop_back();
            if (node->type == GUMBO_NODE_TEXT && !isInert)
                readText(*node);
            if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE)
                continue;
            const GumboElement &element = node->v.element;
            if (isInert)
                readInert(element);
            else
                readElement(*node);
            const bool isInertInside = isInert || isInertTemplate(*node);
            for (unsigned i = element.children.length; i > 0; --i)
                todo.push_back({static_cast<const GumboNode *>(element.children.data[i - 1]), isInertInside});
        }
        return std::move(m_page);
    }

private:
    struct Place
    {
        const GumboNode *node = nullptr;
        bool isInert = false; // inside a template
    };

    // One with a shadow root is shown as it stands (HTML, "declarative shadow trees").
    static bool isInertTemplate(const GumboNode &node)
    {
        return node.type == GUMBO_NODE_TEMPLATE && !attribute(node.v.element, "shadowrootmode");
    }

    void readInert(const GumboElement &element)
    {
        readLink(element);
        if (element.tag == GUMBO_TAG_FORM)
            readCall(element);
        m_page.hasPasswordField = m_page.hasPasswordField || isPassword(element);
    }

    QUrl resolved(const QString &reference) const { return m_base.resolved(QUrl(reference)); }

    void addPart(PartKind kind, const std::optional<QString> &reference)
    {
        if (reference && !reference->isEmpty())
            m_page.parts.push_back({kind, resolved(*reference)});
    }

    void readText(const GumboNode &node)
    {
        const GumboNode *parent = node.parent;
        const bool isCode = parent && parent->type == GUMBO_NODE_ELEMENT &&
                            (parent->v.element.tag == GUMBO_TAG_SCRIPT || parent->v.element.tag == GUMBO_TAG_STYLE);
        if (!isCode && m_page.text.size() < kLongestText)
            m_page.text += QString::fromUtf8(node.v.text.text) + u' ';
    }

    void readElement(const GumboNode &node)
    {
        const GumboElement &element = node.v.element;
        if (const auto style = attribute(element, "style"))
            m_page.inlineStyles.append(*style);
        countHandlers(element);
        readPart(node);
        if (element.tag == GUMBO_TAG_TITLE && m_page.title.isEmpty())
            m_page.title = textInside(element).simplified();
        else if (element.tag == GUMBO_TAG_STYLE)
            m_page.inlineStyles.append(textInside(element));
        else if (element.tag == GUMBO_TAG_FORM)
            readForm(element);
        else if (element.tag == GUMBO_TAG_INPUT)
            readInput(element);
        else if (element.tag == GUMBO_TAG_BUTTON)
            readFormAction(element);
        else if (element.tag == GUMBO_TAG_META)
            readMeta(element);
        else if (element.tag == GUMBO_TAG_BASE && !m_baseSeen)
            readBase(element);
        readLink(element);
    }

    void readLink(const GumboElement &element)
    {
        const auto target = element.tag == GUMBO_TAG_A ? attribute(element, "href") : std::nullopt;
        if (target)
            m_page.links.push_back(resolved(*target));
    }

    // Names that begin with "on" are handlers in HTML, and nothing else is.
    void countHandlers(const GumboElement &element)
    {
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            const auto *one = static_cast<const GumboAttribute *>(element.attributes.data[i]);
            const bool isHandler = qstrnicmp(one->name, "on", 2) == 0;
            const bool isScriptLink = QByteArrayView(one->value).trimmed().startsWith("javascript:");
            if (isHandler || isScriptLink)
                ++m_page.inlineHandlers;
        }
    }

    void readInput(const GumboElement &element)
    {
        m_page.hasPasswordField = m_page.hasPasswordField || isPassword(element);
        readFormAction(element);
        if (attribute(element, "type").value_or(QString()).compare("image"_L1, Qt::CaseInsensitive) == 0)
            addPart(PartKind::Image, attribute(element, "src"));
    }

    // A button may send its form elsewhere.
    void readFormAction(const GumboElement &element)
    {
        if (const auto target = attribute(element, "formaction"))
            m_page.forms.push_back(resolved(*target));
    }

    void readForm(const GumboElement &element)
    {
        m_page.forms.push_back(resolved(attribute(element, "action").value_or(QString())));
        readCall(element);
    }

    void readCall(const GumboElement &element)
    {
        const QUrl action = resolved(attribute(element, "action").value_or(QString()));
        const QString method = attribute(element, "method").value_or(QString()).toUpper();
        if (method != "DIALOG"_L1) // closes a box of the page, sends nothing
            m_page.formCalls.push_back({method == "POST"_L1 ? u"POST"_s : u"GET"_s, action});
    }

    static bool isPassword(const GumboElement &element)
    {
        return element.tag == GUMBO_TAG_INPUT &&
               attribute(element, "type").value_or(QString()).compare("password"_L1, Qt::CaseInsensitive) == 0;
    }

    // <picture> is younger than the parser's list of names.
    static bool isPicture(const GumboNode *node)
    {
        if (!node || node->type != GUMBO_NODE_ELEMENT)
            return false;
        GumboStringPiece name = node->v.element.original_tag;
        gumbo_tag_from_original_text(&name);
        return QByteArrayView(name.data, static_cast<qsizetype>(name.length)).compare("picture", Qt::CaseInsensitive) ==
               0;
    }

    // Browsers choose among several pictures.
    static bool isOneOfSeveral(const GumboNode &image)
    {
        return isPicture(image.parent) || attribute(image.v.element, "srcset");
    }

    void readPart(const GumboNode &node)
    {
        const GumboElement &element = node.v.element;
        if (element.tag == GUMBO_TAG_SCRIPT)
            readScript(element);
        else if (element.tag == GUMBO_TAG_LINK)
            readLinkedPart(element);
        else if (element.tag == GUMBO_TAG_IFRAME || element.tag == GUMBO_TAG_FRAME)
            addPart(PartKind::Frame, attribute(element, "src"));
        else if (element.tag == GUMBO_TAG_EMBED)
            addPart(PartKind::Plugin, attribute(element, "src"));
        else if (element.tag == GUMBO_TAG_OBJECT)
            addPart(PartKind::Plugin, attribute(element, "data"));
        else if (element.tag == GUMBO_TAG_IMG)
            addPart(isOneOfSeveral(node) ? PartKind::ImageSet : PartKind::Image, attribute(element, "src"));
        else if (element.tag == GUMBO_TAG_AUDIO || element.tag == GUMBO_TAG_VIDEO || element.tag == GUMBO_TAG_SOURCE)
            addPart(PartKind::Media, attribute(element, "src"));
        if (element.tag == GUMBO_TAG_VIDEO)
            addPart(PartKind::Image, attribute(element, "poster"));
        if (element.tag == GUMBO_TAG_TRACK)
            addPart(PartKind::Media, attribute(element, "src"));
        if (element.tag == GUMBO_TAG_IMG || element.tag == GUMBO_TAG_SOURCE)
            readSourceSet(attribute(element, "srcset").value_or(QString()));
    }

    // "a.png 1x, b.png 2x": candidates at commas, each an address and a size. An address with its content in it holds
    // commas of its own, and loads nothing.
    void readSourceSet(const QString &candidates)
    {
        if (candidates.contains("data:"_L1))
            return;
        for (const QString &candidate : candidates.split(u',', Qt::SkipEmptyParts))
            addPart(PartKind::ImageSet, candidate.trimmed().section(u' ', 0, 0));
    }

    void readScript(const GumboElement &element)
    {
        const auto source = attribute(element, "src");
        const bool hasIntegrity = !attribute(element, "integrity").value_or(QString()).isEmpty();
        m_page.scripts.push_back({source.value_or(QString()), hasIntegrity});
        if (source)
            addPart(PartKind::Script, source);
        else
            m_page.inlineScripts.append(textInside(element));
    }

    void readLinkedPart(const GumboElement &element)
    {
        const QString relation = attribute(element, "rel").value_or(QString()).toLower();
        const QStringList words = relation.split(u' ', Qt::SkipEmptyParts);
        const auto target = attribute(element, "href");
        const auto preloads = [&](const QString &as) {
            return words.contains("preload"_L1) && attribute(element, "as") == as;
        };
        // Chunks of the pages that may come next (Nuxt, the command line of Vue).
        const auto prefetches = [&](const QString &as) {
            return words.contains("prefetch"_L1) && attribute(element, "as") == as;
        };
        if (words.contains("stylesheet"_L1) || preloads(u"style"_s))
            addPart(PartKind::Stylesheet, target);
        else if (words.contains("modulepreload"_L1) || preloads(u"script"_s) || prefetches(u"script"_s))
            addPart(PartKind::Preload, target);
        else if (words.contains("icon"_L1) || words.contains("apple-touch-icon"_L1) || preloads(u"image"_s))
            addPart(PartKind::Image, target);
    }

    void readMeta(const GumboElement &element)
    {
        const QString content = attribute(element, "content").value_or(QString());
        const QString equivalent = attribute(element, "http-equiv").value_or(QString()).toLower();
        const QString name = attribute(element, "name").value_or(QString()).toLower();
        if (name == "generator"_L1)
            m_page.generator = content;
        else if (name == "referrer"_L1 && !content.isEmpty())
            m_page.referrer = content;
        if (equivalent == "content-security-policy"_L1)
            m_page.metaPolicies.append(content);
        if (equivalent == "refresh"_L1) {
            const qsizetype at = content.indexOf("url="_L1, 0, Qt::CaseInsensitive);
            if (at >= 0)
                m_page.refresh = resolved(content.mid(at + 4).remove(u'\'').remove(u'"').trimmed());
        }
    }

    void readBase(const GumboElement &element)
    {
        if (const auto target = attribute(element, "href")) {
            m_base = resolved(*target);
            m_baseSeen = true;
        }
    }

    QUrl m_base;
    bool m_baseSeen = false;
    HtmlPage m_page;
};

} // namespace

bool isActive(PartKind kind)
{
    switch (kind) {
    case PartKind::Script:
    case PartKind::Stylesheet:
    case PartKind::Frame:
    case PartKind::Plugin:
    case PartKind::Preload:
        return true;
    case PartKind::Image:
    case PartKind::ImageSet:
    case PartKind::Media:
        return false;
    }
    Q_UNREACHABLE();
}

Result<HtmlPage> parseHtml(const QByteArray &html, const QUrl &url)
{
    if (const HtmlCost cost = estimatedCost(html); cost.isTooMuch()) {
        const QString why = cost.depth > kDeepestHtml
                                ? Text::tr("The page at %1 nests its parts too deeply to be read.")
                                : Text::tr("The page at %1 has too many parts to be read.");
        return failure(ErrorKind::TooLarge, why.arg(url.toDisplayString()));
    }
    const std::unique_ptr<GumboOutput, FreeOutput> output(
        gumbo_parse_with_options(&kGumboDefaultOptions, html.constData(), static_cast<size_t>(html.size())));
    if (!output || !output->root)
        return HtmlPage{};
    HtmlPage page = Reader(url).read(output->root);
    page.hasLoginForm = page.hasPasswordField && hasLoginForm(*output->root);
    return page;
}

} // namespace cockpit
