"""The dashboard: what a person sees of a Findity in a browser, and does in it.

A page is a function from what the APIs answer to what a template shows. It asks them in process
(``asking``), so that it shows one instant, leaves no trace in the journal, and knows nothing that a
client of the control API could not know too. What a person does on a page, the page's script asks
of the control API, over HTTP like any other client.

    asking      what a GET of the control API or of Findity answers
    visit       one look at a page: where it is, what it asked, the links that lead on
    paging      a page of a list that an API gives
    documents   what the OpenAPI documents say of a body's fields, and which operations there are
    field       a field of a form, made from what the documents say
    sheet       a voucher under the columns of a bookkeeper
    files       PDFs, receipts and what a client attached
    rendering   the templates, and how times and money are written
    refusal     the page for whoever asked for what is not there, or may not see it
    assets      the stylesheet and the scripts

The other files are pages, one noun each.
"""
