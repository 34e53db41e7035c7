#include "checks/abuse/schemawords.h"

#include "checks/abuse/badinput.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

} // namespace

std::vector<SchemaFault> schemaFaults()
{
    return {
        {u"template_evaluated"_s, Severity::Critical, Impact::AccountTakeover, 120,
         Text::tr("Text from a visitor is run as a template on the server")},
        {u"sql_error"_s, Severity::High, Impact::DataExposure, 120,
         Text::tr("A quotation mark breaks a database query")},
        {u"html_stored"_s, Severity::High, Impact::AccountTakeover, 60,
         Text::tr("Text from a visitor becomes part of a page's code")},
        {u"secret_field_shown"_s, Severity::High, Impact::DataExposure, 60,
         Text::tr("Answers hold secrets that your description does not name")},
        {u"html_reflected"_s, Severity::Medium, Impact::AccountTakeover, 60,
         Text::tr("Text from the address may become part of a page's code")},
        {u"crash"_s, Severity::Medium, Impact::Downtime, 60, Text::tr("Bad input breaks the server")},
        {u"wrong_type_accepted"_s, Severity::Medium, Impact::Maintainability, 60,
         Text::tr("Values of the wrong kind are stored")},
        {u"too_long_accepted"_s, Severity::Medium, Impact::CostAbuse, 45, Text::tr("Texts of any length are stored")},
        {u"out_of_range_accepted"_s, Severity::Medium, Impact::Maintainability, 45,
         Text::tr("Numbers that make no sense are stored")},
        {u"extra_field_accepted"_s, Severity::Medium, Impact::Maintainability, 45,
         Text::tr("Fields that nobody asked for are stored")},
        {u"internal_field_shown"_s, Severity::Medium, Impact::DataExposure, 45,
         Text::tr("Answers hold internal fields that your description does not name")},
        {u"bad_format_accepted"_s, Severity::Low, Impact::Maintainability, 45,
         Text::tr("Values that cannot be right are stored")},
        {u"missing_accepted"_s, Severity::Low, Impact::Maintainability, 45,
         Text::tr("Records are stored although something required is missing")},
        {u"malformed_accepted"_s, Severity::Low, Impact::Maintainability, 30, Text::tr("Broken JSON is taken")},
        {u"wrong_content_type_accepted"_s, Severity::Low, Impact::Maintainability, 30,
         Text::tr("Bodies of another kind than expected are taken")},
        {u"huge_body_accepted"_s, Severity::Low, Impact::CostAbuse, 30, Text::tr("Requests of any size are read")},
        {u"huge_page_accepted"_s, Severity::Low, Impact::CostAbuse, 30,
         Text::tr("A list may hand out any number of records at once")},
        {u"slow_answer"_s, Severity::Low, Impact::Downtime, 60, Text::tr("Some input keeps the server busy")},
        {u"answer_differs"_s, Severity::Low, Impact::Maintainability, 45,
         Text::tr("Answers differ from what your description says")},
    };
}

QString wantedForFault(const QString &code)
{
    if (code == "template_evaluated"_L1)
        return Text::tr("The text holds a sum in the signs of a template, and the answer holds its result. Wanted: "
                        "the text as it was sent.");
    if (code == "sql_error"_L1)
        return Text::tr("The answer holds a message of the database, and the good body gets none. Wanted: the text "
                        "stored or refused like any other.");
    if (code == "html_stored"_L1 || code == "html_reflected"_L1)
        return Text::tr("The page holds the element that the text consisted of. Wanted: the text, with its angle "
                        "brackets escaped.");
    if (code == "crash"_L1)
        return Text::tr("The server answers with an error of its own (5xx), and takes the good body before and "
                        "after. Wanted: 400 or 422 with the name of the field.");
    if (code == "slow_answer"_L1)
        return Text::tr("The answer took more than five times as long as that to the good body, twice.");
    if (code == "huge_page_accepted"_L1)
        return Text::tr("The list takes limit=1, and takes limit=%1 without saying that it used less. Wanted: an "
                        "upper limit, or 400 or 422.")
            .arg(kHugePage);
    if (code == "secret_field_shown"_L1)
        return Text::tr("Whoever reads the record gets it, in every program that shows the record. Wanted: only the "
                        "fields that the description names.");
    if (code == "internal_field_shown"_L1)
        return Text::tr("The name speaks of something that is not for customers; look whether it is. Wanted: only the "
                        "fields that the description names.");
    if (code == "answer_differs"_L1)
        return Text::tr(
            "Wanted: an answer as the description (OpenAPI) has it, or a description that says what comes.");
    return Text::tr("It was taken and shows in the record afterwards. Wanted: 400 or 422, and nothing stored.");
}

} // namespace cockpit
