"""What each tool is for, in words for an assistant that has to choose."""

DESCRIPTIONS = {
    "list_queries": (
        "The curated questions that can be asked with run_query, with their parameters and allowed types. "
        "Give question (in English or Chinese, as the user put it) to get those that fit, best first, with a "
        "confidence from 0 to 1 and suggested parameters; below 0.2 nothing fits. theme is policy, supply, "
        "business-models, reconfiguration, infrastructure or quality. Call it first for any question about "
        "the industry."
    ),
    "run_query": (
        "Runs a curated query by name with parameters, and gives its rows with what each column means and the "
        "sources of the claims. Values are slugs or codes as search and list_queries give them (kind='lidar', "
        "place='shenzhen'), days (asOf='2023-06-30') or numbers; what is left out has its default, an empty "
        "value means no restriction."
    ),
    "search": (
        "Finds firms, bodies, products, places, documents, codes and claims by name: English, Chinese, "
        "pinyin, initials, stock code or document number (text='华为', 'xiaopeng', 'GB/T 40429'). Use it to get "
        "the name (such as act:huawei) that describe, run_query and sparql take. It looks at names only, not "
        "at what is said of things."
    ),
    "describe": (
        "Everything the graph says of one thing: statements, and the claims that name it with confidence and "
        "sources. thing is a slug (huawei), a prefixed name (act:huawei, doc:…, plc:…, itm:…, clm:…), an IRI "
        "or an exact name (华为). language is en or zh. Use it for 'tell me about X'; for a question over many "
        "things use run_query."
    ),
    "sources_of": (
        "The sources of one claim or thing (claim='clm:…' as answers name it), each as a citation with "
        "publisher, title, address, place in the text and release. Use it whenever you state a fact from the "
        "graph."
    ),
    "schema": (
        "The vocabulary for writing SPARQL: classes, properties and code lists that occur, with labels in "
        "both languages, definitions and counts, and the prefixes (declared already). kind is class, property "
        "or scheme; text keeps only terms whose name or label holds it. Call it before you write a query for "
        "sparql."
    ),
    "validate_sparql": (
        "Checks a SPARQL query without running it: whether it is valid and allowed, where it is wrong, and "
        "which of its terms do not occur in the graph, each with the nearest that does. Call it before "
        "sparql."
    ),
    "sparql": (
        "Runs a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) over the default graph, read-only, "
        "stopped after 20 seconds. No SERVICE, no updates, no named graphs; our prefixes need no declaration. "
        "Select ?claim where there is one, so that the sources come with the rows. Add ORDER BY where you "
        "expect many rows. For questions that no curated query answers; check with validate_sparql first."
    ),
}
"""By the name of the tool: what it is for, what it takes, and when another is better."""
