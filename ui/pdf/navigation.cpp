#include "ui/pdf/navigation.h"

#include "ui/pdf/libqpdf.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

constexpr qreal kRoomAboveTitle = points(24);

QPDFObjectHandle text(const QString &value)
{
    return QPDFObjectHandle::newUnicodeString(value.toStdString());
}

class Navigator
{
public:
    Navigator(QPDF &pdf, const HandoverPages &pages)
        : m_pdf(pdf), m_pages(pages), m_pdfPages(QPDFPageDocumentHelper(pdf).getAllPages())
    {
    }

    void addOutline()
    {
        QPDFObjectHandle outline = m_pdf.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Outlines >>"));
        std::vector<QPDFObjectHandle> entries;
        for (const SectionStart &section : m_pages.sections()) {
            QPDFObjectHandle entry = m_pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
            entry.replaceKey("/Title", text(section.title));
            entry.replaceKey("/Parent", outline);
            entry.replaceKey("/Dest", destination(section.page, section.top));
            entries.push_back(entry);
        }
        for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
            entries[i].replaceKey("/Next", entries[i + 1]);
            entries[i + 1].replaceKey("/Prev", entries[i]);
        }
        if (entries.empty())
            return;
        outline.replaceKey("/First", entries.front());
        outline.replaceKey("/Last", entries.back());
        outline.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(entries.size())));
        m_pdf.getRoot().replaceKey("/Outlines", outline);
        m_pdf.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
    }

    void addLinks()
    {
        for (const ContentsLink &link : m_pages.links()) {
            QPDFObjectHandle annotation = QPDFObjectHandle::parse("<< /Type /Annot /Subtype /Link /Border [0 0 0] >>");
            annotation.replaceKey("/Rect", QPDFObjectHandle::newArray(boxOf(link.box)));
            QPDFObjectHandle action = QPDFObjectHandle::parse("<< /S /GoTo >>");
            action.replaceKey("/D", destination(link.targetPage, link.targetTop));
            annotation.replaceKey("/A", action);
            QPDFObjectHandle page = pageObject(link.page);
            if (!page.hasKey("/Annots"))
                page.replaceKey("/Annots", QPDFObjectHandle::newArray());
            page.getKey("/Annots").appendItem(m_pdf.makeIndirectObject(annotation));
        }
    }

private:
    QPDFObjectHandle pageObject(int page) const
    {
        return m_pdfPages.at(static_cast<std::size_t>(page)).getObjectHandle();
    }

    // A little above the title, so that it does not stick to the window's edge.
    QPDFObjectHandle destination(int page, qreal top) const
    {
        const qreal shown = std::max(0.0, top - kRoomAboveTitle);
        QPDFObjectHandle destination = QPDFObjectHandle::newArray();
        destination.appendItem(pageObject(page));
        destination.appendItem(QPDFObjectHandle::newName("/XYZ"));
        destination.appendItem(QPDFObjectHandle::newNull());
        destination.appendItem(QPDFObjectHandle::newReal((m_pages.pageSize().height() - shown) / kUnitsPerPoint, 2));
        destination.appendItem(QPDFObjectHandle::newNull());
        return destination;
    }

    // PDF counts in points from the bottom left.
    QPDFObjectHandle::Rectangle boxOf(const QRectF &box) const
    {
        const qreal height = m_pages.pageSize().height();
        return {box.left() / kUnitsPerPoint, (height - box.bottom()) / kUnitsPerPoint, box.right() / kUnitsPerPoint,
                (height - box.top()) / kUnitsPerPoint};
    }

    QPDF &m_pdf;
    const HandoverPages &m_pages;
    std::vector<QPDFPageObjectHelper> m_pdfPages;
};

std::string metadataXml(const DocumentFacts &facts)
{
    const QString xml =
        u"<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%1</rdf:li></rdf:Alt></dc:title>"
        "<dc:language><rdf:Bag><rdf:li>%2</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"_s.arg(facts.title.toHtmlEscaped(),
                                                                                facts.language.toHtmlEscaped());
    return xml.toStdString();
}

void describe(QPDF &pdf, const DocumentFacts &facts)
{
    QPDFObjectHandle root = pdf.getRoot();
    root.replaceKey("/Lang", text(facts.language));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    QPDFObjectHandle metadata = QPDFObjectHandle::newStream(&pdf, metadataXml(facts));
    metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
    root.replaceKey("/Metadata", pdf.makeIndirectObject(metadata));
    QPDFObjectHandle trailer = pdf.getTrailer();
    if (!trailer.hasKey("/Info"))
        trailer.replaceKey("/Info", pdf.makeIndirectObject(QPDFObjectHandle::newDictionary()));
    trailer.getKey("/Info").replaceKey("/Title", text(facts.title));
}

QByteArray written(QPDF &pdf)
{
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return QByteArray(reinterpret_cast<const char *>(buffer->getBuffer()), static_cast<qsizetype>(buffer->getSize()));
}

} // namespace

Result<QByteArray> withNavigation(const QByteArray &bytes, const HandoverPages &pages, const DocumentFacts &facts)
{
    // libqpdf reports by exceptions; they end here.
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("handover", bytes.constData(), static_cast<std::size_t>(bytes.size()));
        Navigator navigator(pdf, pages);
        navigator.addOutline();
        navigator.addLinks();
        describe(pdf, facts);
        return written(pdf);
    } catch (const std::exception &error) {
        return failure(ErrorKind::Protocol, Text::tr("The PDF could not be finished. Please report this."),
                       QString::fromUtf8(error.what()));
    }
}

} // namespace cockpit::print
