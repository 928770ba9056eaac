"""What people and programs see: console, portal, command line, and the kit they are made of."""
