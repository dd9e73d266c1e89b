export const xmldsigNamespace = 'http://www.w3.org/2000/09/xmldsig#'
