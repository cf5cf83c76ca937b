def PublicPages(get_response):
    return get_response
