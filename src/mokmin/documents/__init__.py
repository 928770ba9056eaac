"""Documents: reading what people bring, writing what the product owes."""
