#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

// What a model would be asked, and paid for.
PageReply askAssistant(Call &call)
{
    if (auto held = tooManyQuestions(call))
        return std::move(*held);
    return jsonReply(200, {{u"answer"_s, u"Invoices are made on the page of their customer."_s}});
}

} // namespace cockpit::shop
