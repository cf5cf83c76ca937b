"""Forms as a browser would send them."""

from lxml import html


def open_form(client, address, form_id=""):
    """{name: value} of the form on a page, as a browser would send it untouched."""
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, address)
    return fields_of(answer.content, form_id)


def fields_of(content, form_id=""):
    """{name: value} of the form of an admin page; a list of values for what is chosen several times."""
    page = html.fromstring(content.decode())
    for template in page.iter("template"):
        template.clear()
    form = page.xpath(f"//form[@id='{form_id}']" if form_id else "//div[@id='content-main']/form")[0]
    sent = {}
    for control in form.xpath(".//input|.//select|.//textarea"):
        for value in values_of(control):
            sent.setdefault(control.get("name"), []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def values_of(control):
    """What one input, select or textarea sends: nothing when it is switched off or belongs to no form."""
    if not control.get("name") or control.get("disabled") is not None or control.get("form") is not None:
        return []
    if control.tag == "select":
        return selected(control)
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.get("type") in ("submit", "file", "button"):
        return []
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return []
    return [control.get("value", "on" if control.get("type") == "checkbox" else "")]


def selected(select):
    options = select.xpath(".//option")
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", option.text) for option in chosen]


def words_on(answer):
    """The visible words of a page, without scripts, styles and templates."""
    page = html.fromstring(answer.content.decode())
    for hidden in page.xpath("//script|//style|//template"):
        hidden.drop_tree()
    return " ".join(page.text_content().split())


def errors_on(answer):
    """The words of every error that a form shows."""
    return [
        " ".join(node.text_content().split())
        for node in html.fromstring(answer.content.decode()).xpath("//ul[contains(@class,'errorlist')]/li")
    ]
