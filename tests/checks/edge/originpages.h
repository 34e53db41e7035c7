// Pages of a product, and of another server.
#pragma once

#include <QByteArray>

namespace cockpit::originpages {

inline const QByteArray kWords =
    "Invoices for small workshops: write them, send them and see who has paid. Our customers are "
    "joiners, painters and tilers all over the country. Start with the free plan, invite your "
    "bookkeeper and let the reminders go out by themselves. Questions? Call our office.";
inline const QByteArray kPage = "<html><title>Acme</title><body>" + kWords + "</body></html>";
inline const QByteArray kOther =
    "<html><title>Server</title><body>This machine belongs to nobody in particular. It was set up "
    "by an administrator who has not yet decided what shall be shown here, so please come back "
    "another day and bring some patience with you, thank you very much.</body></html>";

} // namespace cockpit::originpages
