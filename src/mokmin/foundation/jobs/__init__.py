"""Jobs (작업): work that outlives a request, with progress, cancelling and recovery."""
