"""The roof: settings, URL root and wiring, the only place that knows everybody."""
