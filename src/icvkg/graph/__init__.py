"""What is said: tables are read, checked and mapped to triples; rules add what follows."""
