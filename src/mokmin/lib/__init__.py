"""Plain Python that every floor may use and that never imports Django."""
